from pathlib import Path

import pytest

from handwrite_gui import paths

CHECKOUT = Path(__file__).resolve().parent.parent
PERSONAL = [paths.config_dir, paths.data_dir, paths.log_dir]


def test_checkout_has_folders_beside_the_package() -> None:
    assert paths.resources_dir() == CHECKOUT / "resources"
    assert paths.default_model() == CHECKOUT / "models" / "digits.keras"
    assert paths.careful_models()[0] == paths.default_model()
    assert all(model.is_file() for model in paths.careful_models())


def test_wheel_has_folders_inside_the_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    assert paths.models_dir() == tmp_path / "models"


def test_one_variable_moves_all_personal_folders(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HANDWRITE_HOME", str(tmp_path))
    folders = [folder() for folder in PERSONAL]
    assert folders == [tmp_path / name for name in ("config", "data", "log")]
    assert not list(tmp_path.iterdir()), "asking where a folder lies makes none"


def test_personal_folders_follow_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HANDWRITE_HOME", raising=False)
    folders = [folder() for folder in PERSONAL]
    assert all(folder.is_absolute() and "Handwrite" in folder.parts for folder in folders)
