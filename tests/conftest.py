"""What every test gets: no screen, a folder of its own, and the data where it is."""

import os
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["HANDWRITE_HOME"] = tempfile.mkdtemp(prefix="handwrite-tests-")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of MNIST, pen strokes and pictures; tests that need it are skipped without it."""
    folder = Path(os.environ.get("HANDWRITE_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the data folder {folder} (set HANDWRITE_DATA)")
    return folder
