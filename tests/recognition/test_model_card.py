import hashlib
import json
from pathlib import Path

import pytest

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_card import card_path, read_card, sha256_of, write_card


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "some.model.keras"
    path.write_bytes(b"weights")
    return path


def test_card_lies_beside_its_model(model: Path) -> None:
    assert card_path(model) == model.parent / "some.model.json"


def test_card_comes_back_with_the_checksum(model: Path) -> None:
    write_card(model, {"name": "größer", "sha256": "old", "metrics": {"mnist": {"n": 3}}})
    card = read_card(model)
    assert card == {
        "name": "größer",
        "sha256": hashlib.sha256(b"weights").hexdigest(),
        "metrics": {"mnist": {"n": 3}},
    }
    model.write_bytes(b"others")
    assert sha256_of(model) != card["sha256"]


def test_card_is_text_that_people_can_read(model: Path) -> None:
    write_card(model, {"name": "größer"})
    text = card_path(model).read_bytes().decode()
    assert "größer" in text
    assert text.endswith("}\n")
    assert len(text.splitlines()) == 4


def test_no_card_is_none(model: Path) -> None:
    assert read_card(model) is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[1]", b"null"])
def test_damaged_card_is_one_sentence(model: Path, content: bytes) -> None:
    card_path(model).write_bytes(content)
    with pytest.raises(
        RecognitionError, match=r"^The model card .*some\.model\.json .*delete it\.$"
    ):
        read_card(model)


def test_card_that_cannot_be_written_leaves_the_old_one(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_card(model, {"name": "old"})

    def fail(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="No space"):
        write_card(model, {"name": "new"})
    assert json.loads(card_path(model).read_text("utf-8"))["name"] == "old"
    assert {path.name for path in model.parent.iterdir()} == {model.name, "some.model.json"}
