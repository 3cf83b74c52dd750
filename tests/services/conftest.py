"""What the tests of this room share."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def _collected_here() -> Iterator[None]:
    """Lets no other thread collect this test's objects: Qt's must go where they live."""
    yield
    gc.collect()
