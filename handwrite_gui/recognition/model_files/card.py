"""The model card: a JSON file beside a model that says what it is, made from what, how good."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.storage.atomic import write_atomically

#: Our own takes a fiftieth of it.
MOST_BYTES = 1024 * 1024


def card_path(model: Path) -> Path:
    """Where a model's card lies: beside it, under the same name."""
    return model.with_suffix(".json")


def sha256_of(model: Path) -> str:
    """Checksum of a model file, in hexadecimal."""
    return hashlib.sha256(model.read_bytes()).hexdigest()


def read_card(model: Path) -> dict[str, Any] | None:
    """Read a model's card; None where it has none.

    Raises:
        RecognitionError: There is a card, and it is damaged.
    """
    path = card_path(model)
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValueError("it is larger than 1 MB")
        card = json.loads(content.decode("utf-8"))
    except FileNotFoundError:
        return None
    except RecursionError as error:
        raise _unreadable(path, "it is nested too deeply") from error
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise _unreadable(path, str(error)) from error
    if not isinstance(card, dict):
        raise _unreadable(path, "it is no JSON object")
    return card


def check_card(model: Path, content: bytes) -> str | None:
    """Check that a model is the one of its card.

    Args:
        model: Where the model lies.
        content: Its bytes, as they are going to be loaded.

    Returns:
        One sentence to the person where no card vouches for the model, else None.

    Raises:
        RecognitionError: The card is that of another model, or damaged.
    """
    card = read_card(model)
    if card is None:
        return f"The model {model} has no card: use it if you know where it comes from."
    if "sha256" not in card:
        return (
            f"The card of the model {model} names no checksum: "
            "use the model if you know where it comes from."
        )
    if str(card["sha256"]).lower() != hashlib.sha256(content).hexdigest():
        raise RecognitionError(
            f"The model {model} is another than the one of its card {card_path(model).name}: "
            "restore the model that was there, or delete the card."
        )
    return None


def write_card(model: Path, card: dict[str, Any]) -> None:
    """Write a model's card, with the checksum of the model as it is now.

    Raises:
        OSError: The place cannot be written to.
    """
    text = json.dumps(card | {"sha256": sha256_of(model)}, indent=2, ensure_ascii=False)
    write_atomically(card_path(model), text.encode() + b"\n")


def _unreadable(path: Path, why: str) -> RecognitionError:
    # What is told of a damaged file may hold some of it.
    shown = "".join(letter if letter.isprintable() else "?" for letter in why)[:200]
    return RecognitionError(
        f"The model card {path} could not be read ({shown}); restore or delete it."
    )
