"""The whole program in this process, without a screen and with a model that is quick to load."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from handwrite_gui.app import Handwrite
from handwrite_gui.widgets.draw.why.panel import WhyPanel

#: How often a test asks threads to end that the program itself would leave behind: where much else
#: runs, opening a page takes longer than a person would wait.
_PATIENCE = 30


class Driven(Handwrite):
    """The program, with what a person does to its window and sees there."""

    def __init__(self, app: QApplication, home: Path, draw: Callable[..., None]) -> None:
        super().__init__(app, [Path("digits.keras"), Path("careful.keras")])
        self._home, self._draw = home, draw
        self.pictures_read: list[int] = []
        self.recognition.picture_read.connect(lambda key, _: self.pictures_read.append(key))

    def draw(self, *places: tuple[int, int], lift: bool = True) -> None:
        """Draw a stroke with the mouse, by default a 7's."""
        seven = (100, 100), (160, 100), (120, 200)
        self._draw(self.draw_page.canvas, *(places or seven), lift=lift)

    def press(self, *keys: str) -> None:
        """Press keys such as "Ctrl+R" where the focus is, one after the other."""
        for key in keys:
            QTest.keySequence(self.window.focusWidget() or self.window, QKeySequence(key))

    def show_page(self, name: str) -> Any:
        """Show a page, or a panel ("replay", "why") on the Draw page; return the page."""
        panels = {"replay": self.window.actions_.replay, "why": self.window.actions_.why}
        page = "draw" if name in panels else name
        self.window.show_page(page)
        for panel, action in panels.items():
            if action.isChecked() and panel != name:
                action.trigger()
        if name in panels and not panels[name].isChecked():
            panels[name].trigger()
        return self.window.page_if_made(page)

    def open_why(self) -> WhyPanel:
        """Open the panel "Why?" with its key; return it."""
        QTest.keyClick(self.window, Qt.Key.Key_F4)
        panel = self.window.findChild(WhyPanel)
        assert panel.isVisible()
        return panel

    def close(self) -> None:
        """Close the window, and end as the program does then, once what is being opened is."""
        self.window.close()
        assert any(self.stop() for _ in range(_PATIENCE))

    @property
    def strokes(self) -> list[list[list[float]]]:
        """x and y of every point on the canvas, to a hundredth, stroke by stroke."""
        strokes = self.draw_page.canvas.ink().strokes
        return [np.round(stroke.xy, 2).tolist() for stroke in strokes]

    @property
    def answer(self) -> str:
        return self.draw_page.answer.text

    @property
    def is_answered(self) -> bool:
        """Whether what is on the canvas has been read, just as it is now."""
        reading, canvas = self.draw_page.reading, self.draw_page.canvas
        return reading is not None and reading.revision == canvas.revision

    @property
    def pictures(self) -> Any:
        """The Pictures page, or None before it is made."""
        return self.window.page_if_made("pictures")

    @property
    def numbers(self) -> list[str]:
        """The Numbers of the picture that is shown on that page."""
        return self.pictures.current_text().replace("\n", "\t").split("\t")

    @property
    def status(self) -> str:
        return self.window.statusBar().currentMessage()

    @property
    def texts(self) -> list[str]:
        """All the words that can be read in the window."""
        return [w.text() for w in self.window.findChildren(QLabel) if w.isVisible()]

    @property
    def text(self) -> str:
        """These words, a line each."""
        return "\n".join(self.texts)

    @property
    def corrections(self) -> list[dict[str, Any]]:
        """All corrections on the disk."""
        file = self._home / "data" / "corrections.jsonl"
        kept = file.read_text(encoding="utf-8") if file.exists() else ""
        return [json.loads(line) for line in kept.splitlines() if line.endswith("}")]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HANDWRITE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, model: Any, home: Path, draw: Callable[..., None]
) -> Iterator[Callable[..., Driven]]:
    """Starts the program, as often as it is called."""
    running: list[Driven] = []

    def start(*pictures: Path, ready: bool = True) -> Driven:
        program = Driven(qapp, home, draw)
        running.append(program)
        program.show(list(pictures))
        qtbot.waitExposed(program.window)
        qtbot.waitUntil(
            lambda: program.recognition.is_loading or "Loading the model…" not in program.texts
        )
        if ready:
            qtbot.waitUntil(lambda: "Ready" in program.texts)
        return program

    yield start
    model.may_load.set()
    model.may_predict.set()
    for program in running:
        qtbot.waitUntil(lambda program=program: not program.recognition.is_loading)
        program.close()
        program.window.deleteLater()
        program.deleteLater()
    QGuiApplication.clipboard().clear()


@pytest.fixture
def save_digit(tmp_path: Path) -> Callable[[str], Path]:
    """Saves a picture of a digit under a name."""

    def save_digit(name: str) -> Path:
        image = QImage(60, 60, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        for y in range(12, 48):
            for x in range(28, 33):
                image.setPixelColor(x, y, Qt.GlobalColor.black)
        assert image.save(str(tmp_path / name))
        return tmp_path / name

    return save_digit


@pytest.fixture
def full(start: Callable[..., Driven], save_digit: Callable[[str], Path], qtbot: QtBot) -> Driven:
    """The program with a digit on the canvas, and a picture and no picture in the list."""
    program = start()
    program.window.resize(1280, 800)
    program.window.activateWindow()
    program.draw()
    qtbot.waitUntil(lambda: program.answer == "7")
    file = save_digit("one.png")
    (file.parent / "none.png").write_text("no picture")
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([file, file.parent / "none.png"])
    qtbot.waitUntil(lambda: "2 pictures, 1 failed" in program.texts)
    return program
