"""A thousand real moves a second for ten seconds: how many arrive (the test says it, aloud)."""

import sys

import pytest
from measure import CHECKOUT

if __name__ == "__main__":
    sys.exit(pytest.main(["-q", "-s", str(CHECKOUT / "tests" / "e2e" / "test_moves.py")]))
