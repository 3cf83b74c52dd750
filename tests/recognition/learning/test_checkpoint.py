import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.checkpoint import (
    checkpoint_path,
    load_checkpoint,
    save_checkpoint,
)

DETAILS = {"seconds": 1.5, "of": ["mlp", 3], "best": None}


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "some.keras.checkpoint"
    arrays = {"kernel": np.arange(6, dtype=np.float32).reshape(2, 3), "steps": np.array(7)}
    save_checkpoint(path, arrays, DETAILS)
    return path


def refused(path: Path) -> str:
    with pytest.raises(RecognitionError) as caught:
        load_checkpoint(path)
    message = str(caught.value)
    assert message.startswith(f"The checkpoint {path} is ")
    assert message.endswith(".")
    assert "\n" not in message
    assert message.count(". ") == 0
    return message


def test_it_lies_beside_the_model() -> None:
    assert checkpoint_path(Path("a") / "b.keras") == Path("a") / "b.keras.checkpoint"


def test_what_was_saved_is_loaded(saved: Path) -> None:
    found = load_checkpoint(saved)
    assert found is not None
    arrays, details = found
    assert details == DETAILS
    assert arrays.keys() == {"kernel", "steps"}
    assert arrays["kernel"].dtype == np.float32
    assert (arrays["kernel"] == [[0, 1, 2], [3, 4, 5]]).all()
    assert arrays["steps"] == 7


def test_there_may_be_none(tmp_path: Path) -> None:
    assert load_checkpoint(tmp_path / "none") is None


def test_a_new_one_replaces_the_old_one(saved: Path) -> None:
    save_checkpoint(saved, {"kernel": np.zeros(1)}, {"seconds": 2})
    found = load_checkpoint(saved)
    assert found is not None
    assert found[0].keys() == {"kernel"}
    assert found[1] == {"seconds": 2}
    assert list(saved.parent.iterdir()) == [saved]


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    path = tmp_path / "some[1].keras.checkpoint"
    (tmp_path / f".{path.name}-0a1b2c3d").write_bytes(b"half")
    (tmp_path / "other").write_bytes(b"whole")
    save_checkpoint(path, {}, {})
    assert {left.name for left in tmp_path.iterdir()} == {path.name, "other"}


def test_one_that_was_cut_anywhere_is_refused(saved: Path) -> None:
    whole = saved.read_bytes()
    for length in (*range(0, len(whole), 31), len(whole) - 1):
        saved.write_bytes(whole[:length])
        assert "damaged" in refused(saved)


def test_one_with_other_bytes_is_refused_or_the_same(saved: Path) -> None:
    """What is not covered by a checksum, such as a date, makes no difference."""
    whole = saved.read_bytes()
    as_saved = load_checkpoint(saved)
    assert as_saved is not None
    was_refused = 0
    for place in range(0, len(whole), 13):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            found = load_checkpoint(saved)
        except RecognitionError:
            was_refused += 1
            continue
        assert found is not None
        assert found[1] == as_saved[1]
        assert {name: array.tobytes() for name, array in found[0].items()} == {
            name: array.tobytes() for name, array in as_saved[0].items()
        }
    assert was_refused > 10


def _npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(3))
    return file.getvalue()


def _npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive of arrays",
        b"PK\x03\x04",
        _npy(),
        _npz(kernel=np.zeros(3)),
        _npz(details=np.array("{no JSON")),
        _npz(details=np.array("[" * 100_000)),
        _npz(details=np.array(json.dumps([1, 2]))),
        _npz(details=np.array(["{}"], dtype=object)),
        _npz(details=np.array("{}"), kernel=np.array([print], dtype=object)),
    ],
    ids=[
        "empty",
        "text",
        "head only",
        "npy",
        "no details",
        "no JSON",
        "deep JSON",
        "no object",
        "pickled details",
        "pickled array",
    ],
)
def test_what_is_no_checkpoint_is_refused(saved: Path, content: bytes) -> None:
    saved.write_bytes(content)
    refused(saved)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    refused(tmp_path)


def test_full_disk_leaves_the_old_one(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = saved.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        save_checkpoint(saved, {"kernel": np.zeros(5)}, {})
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]
