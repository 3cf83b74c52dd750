"""The model card: a JSON file beside a model that says what it is, made from what, how good."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.storage.atomic import write_atomically


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
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise RecognitionError(
            f"The model card {path} could not be read ({error}); restore or delete it."
        ) from error
    if not isinstance(card, dict):
        raise RecognitionError(f"The model card {path} is no JSON object; restore or delete it.")
    return card


def write_card(model: Path, card: dict[str, Any]) -> None:
    """Write a model's card, with the checksum of the model as it is now.

    Raises:
        OSError: The place cannot be written to.
    """
    text = json.dumps(card | {"sha256": sha256_of(model)}, indent=2, ensure_ascii=False)
    write_atomically(card_path(model), text.encode() + b"\n")
