from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from handwrite_gui.settings import Settings
from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.key_choices import KeyChoices


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path)


@pytest.fixture
def actions(qapp: QApplication) -> Actions:
    return Actions(qapp)


@pytest.fixture
def choices(settings: Settings, actions: Actions) -> KeyChoices:
    return KeyChoices(settings, actions)


def written(keys: list[QKeySequence]) -> list[str]:
    return [key.toString(QKeySequence.SequenceFormat.PortableText) for key in keys]


def keys_of(actions: Actions, name: str) -> list[str]:
    return written(getattr(actions, name).shortcuts())


def test_defaults_are_in_force_until_others_are_chosen(
    choices: KeyChoices, actions: Actions
) -> None:
    assert {name: choices.keys_of(name) for name in choices.names} == actions.default_keys()
    assert all(choices.is_default(name) for name in choices.names)


def test_chosen_key_applies_at_once_and_is_kept(
    choices: KeyChoices, actions: Actions, settings: Settings
) -> None:
    choices.choose("undo", [QKeySequence("F12")])
    assert keys_of(actions, "undo") == ["F12"]
    assert actions.undo.toolTip() == "Undo the last step (F12)"
    assert ("Undo the last step", "F12") in actions.shortcuts()
    assert settings.value("keys") == ["undo=F12"]
    assert not choices.is_default("undo")


def test_keys_with_commas_semicolons_and_equals_signs_come_back(
    choices: KeyChoices, settings: Settings, tmp_path: Path, qapp: QApplication
) -> None:
    wanted = ["Ctrl+;", "Ctrl+=", "Ctrl+Shift+,", "Ctrl+\\", 'Ctrl+"', "Ctrl+Ä"]
    choices.choose("undo", [QKeySequence(key) for key in wanted])
    choices.choose("redo", [])
    settings.sync()
    again = Actions(qapp)
    read = Settings(tmp_path)
    assert read.problem is None
    KeyChoices(read, again)
    assert keys_of(again, "undo") == wanted
    assert keys_of(again, "redo") == []


def test_action_without_a_key_is_not_listed(choices: KeyChoices, actions: Actions) -> None:
    choices.choose("undo", [])
    assert actions.undo.toolTip() == "Undo the last step"
    assert "Undo the last step" not in [what for what, _ in actions.shortcuts()]


def test_key_of_another_is_taken_and_goes_back(choices: KeyChoices, actions: Actions) -> None:
    redo = QKeySequence("Ctrl+Y")
    assert choices.others_with("undo", [redo]) == ["redo"]
    choices.choose("undo", [redo])
    assert keys_of(actions, "undo") == ["Ctrl+Y"]
    assert keys_of(actions, "redo") == ["Ctrl+Shift+Z"]
    choices.choose("undo", choices.default_of("undo"))
    assert keys_of(actions, "undo") == ["Ctrl+Z"]
    assert keys_of(actions, "redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]


def test_chosen_key_is_taken_from_who_chose_it(choices: KeyChoices, actions: Actions) -> None:
    choices.choose("undo", [QKeySequence("F12")])
    choices.choose("redo", [QKeySequence("F12")])
    assert keys_of(actions, "undo") == []
    assert keys_of(actions, "redo") == ["F12"]


def test_default_keys_are_taken_back(choices: KeyChoices, actions: Actions) -> None:
    choices.choose("clear", [QKeySequence("Ctrl+Z")])
    assert keys_of(actions, "undo") == []
    assert choices.others_with("undo", choices.default_of("undo")) == ["clear"]
    choices.choose("undo", choices.default_of("undo"))
    assert keys_of(actions, "undo") == ["Ctrl+Z"]
    assert keys_of(actions, "clear") == []


def test_reset_all_and_reset_of_all_settings(
    choices: KeyChoices, actions: Actions, settings: Settings
) -> None:
    for reset in (choices.reset_all, settings.reset):
        choices.choose("undo", [QKeySequence("F12")])
        reset()
        assert keys_of(actions, "undo") == ["Ctrl+Z"]
        assert settings.value("keys") == []


def test_only_keys_that_must_stay_are_refused(choices: KeyChoices) -> None:
    assert choices.refusal(QKeySequence("7")) is not None
    assert choices.refusal(QKeySequence("Esc")) is not None
    for name in choices.names:
        assert [key for key in choices.default_of(name) if choices.refusal(key)] == []


@pytest.mark.parametrize(
    "kept",
    [
        ["undo"],
        ["nobody=F12"],
        ["undo=Ctrl+Nonsense"],
        ["undo=7", "undo=Tab"],
        ["undo=Ctrl+K, Ctrl+C"],
        ["=F12", "", "=", "undo=;;;", "\0"],
    ],
)
def test_rubbish_in_the_file_is_ignored(
    settings: Settings, actions: Actions, kept: list[str]
) -> None:
    settings.set_value("keys", kept)
    choices = KeyChoices(settings, actions)
    assert {name: choices.keys_of(name) for name in choices.names} == actions.default_keys()
    assert keys_of(actions, "undo") == ["Ctrl+Z"]


def test_no_key_is_ever_given_twice(settings: Settings, actions: Actions) -> None:
    settings.set_value("keys", ["undo=F12; F12", "redo=F12", "clear=Ctrl+O", "undo=Ctrl+F12"])
    choices = KeyChoices(settings, actions)
    given = [key for name in choices.names for key in keys_of(actions, name)]
    assert len(given) == len(set(given))
    assert keys_of(actions, "undo") == ["F12"]
    assert keys_of(actions, "redo") == ["Ctrl+Shift+Z", "Ctrl+Y"]
    assert keys_of(actions, "clear") == ["Ctrl+O"]
    assert keys_of(actions, "open") == []
