"""Ink that is saved, opened and dropped in the whole program."""

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.raster import ink_image
from handwrite_gui.storage.inkml_writing import ink_as_inkml
from handwrite_gui.storage.read_ink import read_ink
from handwrite_gui.widgets.file_dialogs import (
    DIGIT_PNG,
    INKML,
    PNG,
    PNG_LARGE,
    PNG_SMALL,
    SVG,
    SaveFormat,
)

CONTROL = Qt.KeyboardModifier.ControlModifier
Start = Callable[..., Any]
Save = Callable[[Any, str, SaveFormat], Path]

SEVEN = [[[100, 100], [160, 100], [120, 200]]]


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Save:
    """Saves the ink with Ctrl+S under a name, in a format."""

    def save(program: Any, name: str, chosen: SaveFormat) -> Path:
        path = tmp_path / name
        monkeypatch.setattr(
            "handwrite_gui.widgets.file_dialogs.ask_where_to_save", lambda *_: (path, chosen)
        )
        qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
        qtbot.waitUntil(lambda: program.status == f"Saved as {path}.")
        return path

    return save


def read_a_seven(program: Any, qtbot: QtBot) -> None:
    program.draw()
    qtbot.waitUntil(lambda: program.is_answered)
    assert program.answer == "7"


@pytest.mark.parametrize(("name", "chosen"), [("a.inkml", INKML), ("a.svg", SVG)])
def test_saved_ink_is_opened_where_it_was_and_read(
    start: Start, save: Save, qtbot: QtBot, name: str, chosen: SaveFormat
) -> None:
    program = start()
    read_a_seven(program, qtbot)
    path = save(program, name, chosen)
    qtbot.keyClick(program.window, Qt.Key.Key_Delete, CONTROL)
    program.draw((10, 10), (20, 20))
    program.open_files([path])
    qtbot.waitUntil(lambda: program.status == f"Opened {name}.")
    (stroke,) = program.draw_page.canvas.ink().strokes
    for place in SEVEN[0]:
        assert np.hypot(*(stroke.xy - place).T).min() < 0.02
    qtbot.waitUntil(lambda: program.answer == "7")
    assert program.settings.value("recent_pictures") == [str(path)]
    qtbot.keyClick(program.window, Qt.Key.Key_Z, CONTROL)
    assert program.strokes == [[[10, 10], [20, 20]]]


def test_saved_inkml_holds_the_answer_and_the_pen(start: Start, save: Save, qtbot: QtBot) -> None:
    program = start()
    read_a_seven(program, qtbot)
    qtbot.keyClick(program.draw_page.canvas, Qt.Key.Key_4)
    file = read_ink(save(program, "a.inkml", INKML))
    assert (file.label, file.is_ours) == ("4", True)
    assert file.ink.pen_width == pytest.approx(12 * 25.4 / 96, abs=1e-4)


def test_answer_to_less_ink_is_no_label(start: Start, save: Save, model: Any, qtbot: QtBot) -> None:
    program = start()
    read_a_seven(program, qtbot)
    model.may_predict.clear()
    program.draw((10, 10), (20, 20))
    assert program.answer == "7"
    assert read_ink(save(program, "a.inkml", INKML)).label is None
    model.may_predict.set()


def test_pictures_of_the_paper_in_three_sizes(start: Start, save: Save) -> None:
    program = start()
    program.draw()
    sizes = []
    for chosen in (PNG_SMALL, PNG, PNG_LARGE):
        image = QImage(str(save(program, f"{chosen.scale}.png", chosen)))
        sizes.append((image.width(), image.height()))
        assert image.dotsPerMeterX() == round(96 * chosen.scale / 0.0254)
        assert image.pixelColor(0, 0) == Qt.GlobalColor.white
    assert sizes == [(108, 148), (216, 296), (432, 592)]


def test_digit_picture_is_what_the_model_sees(start: Start, save: Save, qtbot: QtBot) -> None:
    program = start()
    read_a_seven(program, qtbot)
    image = QImage(str(save(program, "28.png", DIGIT_PNG)))
    assert (image.width(), image.height(), image.isGrayscale()) == (28, 28, True)
    pixels = np.array([[image.pixelColor(x, y).red() for x in range(28)] for y in range(28)])
    expected = ink_image(program.draw_page.canvas.ink())
    assert (pixels == np.round(expected * 255)).all()
    assert pixels.max() == 255


def test_full_disk_is_said_and_the_old_file_stays(
    start: Start, save: Save, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    program = start()
    program.draw()
    path = save(program, "a.inkml", INKML)
    old = path.read_bytes()
    program.draw((10, 10), (20, 20))
    said: list[str] = []  # What is kept of the strokes fails, too.
    program.window.statusBar().messageChanged.connect(said.append)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    qtbot.keyClick(program.window, Qt.Key.Key_S, CONTROL)
    sentence = f"The drawing could not be kept in {path} (No space left on device); "
    qtbot.waitUntil(lambda: any(told.startswith(sentence) for told in said))
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["a.inkml"]
    assert len(program.strokes) == 2


@pytest.mark.parametrize("chosen", [INKML, SVG])
def test_ink_with_a_pictures_name_is_opened_as_ink(
    start: Start, save: Save, save_digit: Any, qtbot: QtBot, tmp_path: Path, chosen: SaveFormat
) -> None:
    program = start()
    program.draw()
    path = save(program, f"a.{chosen.suffix}", chosen).rename(tmp_path / "ink.png")
    program.draw_page.canvas.clear()
    program.open_files([save_digit("one.png"), path])
    qtbot.waitUntil(lambda: program.status == "Opened ink.png.")
    assert program.window.page == "draw"
    assert len(program.draw_page.canvas.ink().strokes) == 1
    page = program.show_page("pictures")
    qtbot.waitUntil(lambda: "1 picture" in program.texts)
    assert [page.entry(key).name for key in page.list.keys] == ["one.png"]
    assert str(path) in program.settings.value("recent_pictures")


def test_a_picture_with_inks_name_is_opened_as_a_picture(
    start: Start, save_digit: Any, qtbot: QtBot
) -> None:
    program = start()
    picture = save_digit("one.png")
    path = picture.rename(picture.with_name("one.inkml"))
    shown: list[str] = []
    program.window.page_shown.connect(shown.append)
    with qtbot.waitSignal(program.recognition.picture_read):
        program.open_files([path])
    assert shown == ["pictures"]
    assert program.pictures.entry(0).name == "one.inkml"
    assert program.status == ""


def test_other_text_with_a_pictures_name_is_refused_as_a_picture(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "page.png").write_text("<html><p>7</p></html>")
    program = start(tmp_path / "page.png")
    qtbot.waitUntil(lambda: "1 picture, 1 failed" in program.texts)
    assert program.window.page == "pictures"


@pytest.mark.parametrize("suffix", ["inkml", "svg"])
def test_bad_ink_is_one_sentence_and_the_ink_stays(
    start: Start, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    bad = tmp_path / f"bad.{suffix}"
    bad.write_text('<!DOCTYPE ink [<!ENTITY a "b">]><ink>&a;</ink>')
    program = start()
    program.draw()
    program.open_files([bad])
    qtbot.waitUntil(lambda: program.status.startswith(f"“{bad.name}” declares"))
    assert program.status.endswith(".")
    assert program.strokes == SEVEN
    assert program.window.page == "draw"


def test_ink_of_another_program_is_fitted_to_the_paper(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    canvas = program.draw_page.canvas
    for name, text in {
        "vast.svg": '<svg><path stroke="red" d="M0 0H80000V160000"/></svg>',
        "tiny.inkml": "<ink><trace>0 0, 0.1 0, 0.1 0.2</trace></ink>",
    }.items():
        (tmp_path / name).write_text(text)
        canvas.view_control.zoom_in()
        program.open_files([tmp_path / name])
        qtbot.waitUntil(lambda name=name: program.status == f"Opened {name}.")
        assert canvas.view_control.view.is_home
        left, top, width, height = canvas.ink().box
        assert height == pytest.approx(min(0.8 * canvas.height(), 2 * 0.8 * canvas.width()))
        assert width == pytest.approx(height / 2)
        assert left + width / 2 == pytest.approx(canvas.width() / 2)
        assert top + height / 2 == pytest.approx(canvas.height() / 2)


def test_our_ink_that_is_larger_than_the_paper_is_fitted(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    program = start()
    canvas = program.draw_page.canvas
    wide = Stroke.from_xy(np.array([[0.0, 0.0], [3000.0, 300.0]]))
    (tmp_path / "wide.inkml").write_bytes(ink_as_inkml(Ink((wide,))))
    program.open_files([tmp_path / "wide.inkml"])
    qtbot.waitUntil(lambda: program.status == "Opened wide.inkml.")
    left, _, width, _ = canvas.ink().box
    assert width == pytest.approx(0.8 * canvas.width())
    assert left > 0


def test_ink_and_pictures_are_dropped_together(
    start: Start, save: Save, save_digit: Callable[[str], Path], qtbot: QtBot
) -> None:
    program = start()
    program.draw()
    ink, picture = save(program, "a.svg", SVG), save_digit("one.png")
    program.draw_page.canvas.clear()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (ink, picture)])
    copy, no_key = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    with qtbot.waitSignal(program.recognition.picture_read):
        program.window.dropEvent(QDropEvent(QPointF(300, 300), copy, data, left, no_key))
    qtbot.waitUntil(lambda: not program.draw_page.canvas.is_blank)
    assert program.window.page == "pictures"  # Where there is something to look for.


def test_ink_named_at_the_start_is_opened(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "a.svg").write_text('<svg><path d="M0 0L9 9"/></svg>')
    program = start(tmp_path / "a.svg")
    qtbot.waitUntil(lambda: not program.draw_page.canvas.is_blank)
    assert program.window.page == "draw"
