"""What the window says of the model."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QTextBrowser
from pytestqt.qtbot import QtBot

from handwrite_gui.recognition.errors import RecognitionError

Start = Callable[..., Any]
WARNING = "The model digits.keras has no card: use it if you know where it comes from."


@pytest.fixture
def no_card(model: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(path: Path, *, on_warning: Callable[[str], None], **_: object) -> Any:
        on_warning(WARNING)
        return model.load(path)

    monkeypatch.setattr("handwrite_gui.recognition.keras_recogniser.load_recogniser", load)


@pytest.mark.usefixtures("no_card")
def test_model_without_a_card_is_warned_of_in_the_answer_s_place(
    start: Start, qtbot: QtBot
) -> None:
    program = start()
    qtbot.waitUntil(lambda: WARNING in program.texts)
    assert "Ready" in program.texts
    assert program.status == WARNING  # For whoever is on another page.
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    assert WARNING not in program.texts


def help_text(program: Any) -> str:
    program.window.show_page("help")
    return str(program.window.page_if_made("help").findChild(QTextBrowser).toPlainText())


def test_help_tells_of_the_model_that_reads(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("digits.json").write_text('{"name": "mine", "limits": ["Knows no 3."]}', "utf-8")
    about = help_text(start()).partition("About the model\n")[2]
    assert about.splitlines() == ["What it is", "name: mine", "What it cannot do", "Knows no 3."]


@pytest.mark.parametrize(
    ("card", "says"),
    [(None, "The model digits.keras has no card"), ("{", "The model card digits.json could not")],
)
def test_help_says_where_nothing_is_known(
    start: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    card: str | None,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if card is not None:
        Path("digits.json").write_text(card, "utf-8")
    assert help_text(start()).partition("About the model\n")[2].startswith(says)


def test_person_chooses_to_have_it_read_carefully(start: Start, model: Any, qtbot: QtBot) -> None:
    program = start()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    model.digit = 3  # As if more eyes saw another digit.
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: program.answer == "3")
    assert "Ready, reading carefully" in program.texts
    program.settings.set_value("careful", False)
    qtbot.waitUntil(lambda: "Ready" in program.texts)


def test_models_that_cannot_read_together_are_said_once(
    start: Start, model: Any, qtbot: QtBot
) -> None:
    program = start()
    told: list[str] = []
    program.window.statusBar().messageChanged.connect(told.append)
    model.load_error = RecognitionError("The model careful.keras is damaged; reinstall.")
    program.settings.set_value("careful", True)
    qtbot.waitUntil(lambda: len(told) > 0)
    assert program.settings.value("careful") is False
    assert "Ready" in program.texts
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    assert told == ["The model careful.keras is damaged; reinstall."]
