import hashlib
import json
from pathlib import Path

import pytest

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.card import (
    MOST_BYTES,
    card_path,
    check_card,
    read_card,
    sha256_of,
    write_card,
)


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


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[1]",
        b"null",
        b"[" * 10**5,
        b'{"n": ' + b"9" * 10**5 + b"}",
        b'{"name": "' + b"x" * MOST_BYTES + b'"}',
        b'{"name": "\x1b[31m\n"}',
    ],
)
def test_damaged_card_is_one_sentence(model: Path, content: bytes) -> None:
    card_path(model).write_bytes(content)
    for read in (read_card, lambda model: check_card(model, b"weights")):
        with pytest.raises(RecognitionError) as caught:
            read(model)
        sentence = str(caught.value)
        assert sentence.startswith(f"The model card {card_path(model)} could not be read (")
        assert sentence.endswith("; restore or delete it.")
        assert sentence.isprintable()
        assert len(sentence) < 500


def test_card_that_is_a_folder(model: Path) -> None:
    card_path(model).mkdir()
    with pytest.raises(RecognitionError, match=r"could not be read \((Is a dir|Permission denied)"):
        read_card(model)


# The checksum


def test_model_is_the_one_of_its_card(model: Path) -> None:
    write_card(model, {"name": "some"})
    assert check_card(model, b"weights") is None
    card = card_path(model).read_text("utf-8")
    card_path(model).write_text(card.replace(sha256_of(model), sha256_of(model).upper()), "utf-8")
    assert check_card(model, b"weights") is None


@pytest.mark.parametrize("content", [b"", b"Weights", b"weights\0"])
def test_model_is_not_the_one_of_its_card(model: Path, content: bytes) -> None:
    write_card(model, {"name": "some"})
    with pytest.raises(RecognitionError) as caught:
        check_card(model, content)
    assert str(caught.value) == (
        f"The model {model} is another than the one of its card some.model.json: "
        "restore the model that was there, or delete the card."
    )


@pytest.mark.parametrize("checksum", [None, "", 3, ["b"], {"a": 1}])
def test_checksum_of_another_kind_is_none_of_the_model(model: Path, checksum: object) -> None:
    card_path(model).write_text(json.dumps({"sha256": checksum}), "utf-8")
    with pytest.raises(RecognitionError, match="is another than the one of its card"):
        check_card(model, b"weights")


def test_model_without_card_or_checksum_is_warned_of(model: Path) -> None:
    warning = check_card(model, b"weights")
    assert warning == f"The model {model} has no card: use it if you know where it comes from."
    card_path(model).write_text("{}", "utf-8")
    warning = check_card(model, b"weights")
    assert warning == (
        f"The card of the model {model} names no checksum: use the model if you know where it "
        "comes from."
    )


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
