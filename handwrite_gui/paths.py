"""Where everything lies: what the program brings along, and the person's own folders.

No other file builds such a path. Nothing is created or read when this module is imported.
"""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resources_dir() -> Path:
    """Folder of what the program shows: icons, guide, sample drawings."""
    return _brought_along("resources")


def models_dir() -> Path:
    """Folder of what the program loads: the models and their cards."""
    return _brought_along("models")


def default_model() -> Path:
    """The model that is used where none is named."""
    return models_dir() / "digits.keras"


def careful_models() -> tuple[Path, ...]:
    """The models that read together where a person wants it careful; the first is the default."""
    return default_model(), models_dir() / "careful.keras", models_dir() / "clean.keras"


def numbers_model() -> Path:
    """The model that reads whole numbers in pictures, beside that for digits."""
    return models_dir() / "numbers.keras"


def config_dir() -> Path:
    """The person's folder for settings; it may not exist yet."""
    return _personal("config")


def data_dir() -> Path:
    """The person's folder for what they made; it may not exist yet."""
    return _personal("data")


def log_dir() -> Path:
    """The person's folder for the log; it may not exist yet."""
    return _personal("log")


def _brought_along(name: str) -> Path:
    """A wheel has the folder inside the package, a checkout has it beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def _personal(kind: str) -> Path:
    """One folder below HANDWRITE_HOME where that is set, else where the system wants it."""
    home = os.environ.get("HANDWRITE_HOME")
    if home:
        return Path(home).absolute() / kind
    # Imported only here: a start with HANDWRITE_HOME, and every test, does without it.
    from platformdirs import PlatformDirs

    folders = PlatformDirs("Handwrite", appauthor=False)
    return Path(getattr(folders, f"user_{kind}_dir"))
