from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.file_dialogs import (
    DIGIT_PNG,
    INKML,
    PNG,
    PNG_LARGE,
    SVG,
    SaveFormat,
)
from handwrite_gui.widgets.ink_content import ink_content
from handwrite_gui.widgets.main_window import MainWindow
from handwrite_gui.widgets.picture_content import as_png

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
Draw = Callable[..., None]


def red_dot() -> QImage:
    image = QImage(4, 3, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return image


# What comes in


def drop(window: MainWindow, data: QMimeData) -> bool:
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(300, 300), copy, data, LEFT, none)
    QApplication.sendEvent(window, entered)
    if not entered.isAccepted():
        return False
    both = copy | Qt.DropAction.MoveAction
    dropped = QDropEvent(QPointF(300, 300), both, data, LEFT, none)
    dropped.ignore()
    QApplication.sendEvent(window, dropped)
    # A move would let the source delete its file.
    assert not dropped.isAccepted() or dropped.dropAction() == copy
    return dropped.isAccepted()


def test_files_are_dropped(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / "a 1.png", tmp_path / "ü😀.jpg"]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    with qtbot.waitSignal(window.pictures_chosen) as chosen:
        assert drop(window, data)
    assert chosen.args == [files]


def test_picture_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setImageData(red_dot())
    with qtbot.waitSignal(window.picture_pasted) as pasted:
        assert drop(window, data)
    assert QImage.fromData(pasted.args[0], "PNG").size() == red_dot().size()


def test_text_is_not_welcome(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setText("7")
    with qtbot.assertNotEmitted(window.picture_pasted):
        assert not drop(window, data)


def test_address_of_a_page_is_refused_with_a_sentence(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/seven.png")])
    with qtbot.assertNotEmitted(window.pictures_chosen):
        assert not drop(window, data)
    assert window.statusBar().currentMessage().startswith("There is no picture there")


def test_png_in_the_clipboard_comes_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    data = QMimeData()
    data.setData("image/png", QByteArray(b"\x89PNG, as another program wrote it"))
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(window.picture_pasted) as pasted:
        qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert pasted.args == [b"\x89PNG, as another program wrote it"]


def test_picture_in_the_clipboard_is_pasted(window: MainWindow, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setImage(red_dot())
    with qtbot.waitSignal(window.picture_pasted) as pasted:
        qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert QImage.fromData(pasted.args[0], "PNG").pixelColor(1, 1) == red_dot().pixelColor(1, 1)


def test_files_in_the_clipboard_are_opened(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.png"))])
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(window.pictures_chosen) as chosen:
        window.actions_.paste.trigger()
    assert chosen.args == [[tmp_path / "a.png"]]


@pytest.mark.parametrize("text", ["", "seven"])
def test_clipboard_without_a_picture_is_answered_with_a_sentence(
    window: MainWindow, qtbot: QtBot, text: str
) -> None:
    QGuiApplication.clipboard().setText(text)
    with qtbot.assertNotEmitted(window.picture_pasted):
        window.actions_.paste.trigger()
    assert window.statusBar().currentMessage() == (
        "There is no picture there; copy or drop a picture, or a picture's file."
    )


def test_picture_becomes_a_png_file_and_back(qapp: QApplication) -> None:
    assert (
        QImage.fromData(as_png(red_dot()), "PNG").convertToFormat(QImage.Format.Format_RGB32)
        == red_dot()
    )


# Ink

INKML_BYTES = b"<ink><trace>1 2, 3 4</trace></ink>"
SVG_TEXT = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 2L3 4"/></svg>'


def data_of(**formats: bytes) -> QMimeData:
    names = {"inkml": "application/inkml+xml", "svg": "image/svg+xml", "png": "image/png"}
    data = QMimeData()
    for name, content in formats.items():
        data.setData(names[name], QByteArray(content))
    return data


def test_ink_is_taken_before_its_picture_on_the_draw_page(window: MainWindow, qtbot: QtBot) -> None:
    data = data_of(png=b"\x89PNG", svg=b"<svg/>", inkml=INKML_BYTES)
    QGuiApplication.clipboard().setMimeData(data)
    with qtbot.waitSignal(window.ink_pasted) as pasted:
        qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert pasted.args == [INKML_BYTES, b"\x89PNG"]


def test_picture_is_taken_before_its_ink_elsewhere(window: MainWindow, qtbot: QtBot) -> None:
    window.show_page("pictures")
    QGuiApplication.clipboard().setMimeData(data_of(svg=b"<svg/>", png=b"\x89PNG"))
    with qtbot.waitSignal(window.picture_pasted) as pasted:
        qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert pasted.args == [b"\x89PNG"]
    QGuiApplication.clipboard().setMimeData(data_of(svg=b"<svg/>"))
    with qtbot.waitSignal(window.ink_pasted) as ink:
        qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    assert ink.args == [b"<svg/>", b""]


@pytest.mark.parametrize(
    "text",
    [
        SVG_TEXT,
        f'\ufeff<?xml version="1.0" encoding="UTF-16"?>\n<!-- a > b -->\n{SVG_TEXT}',
        f'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">{SVG_TEXT}',
    ],
)
def test_svg_in_plain_text_is_ink(window: MainWindow, qtbot: QtBot, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    with qtbot.waitSignal(window.ink_pasted) as pasted:
        qtbot.keyClick(window, Qt.Key.Key_V, CONTROL)
    content = pasted.args[0].decode()
    assert content.endswith(SVG_TEXT)
    assert "UTF-16" not in content


@pytest.mark.parametrize(
    "text", ["7", "<html><svg/></html>", "a <svg/>", "<svgx/>", "<!--<svg/>", "<!---->" * 700]
)
def test_other_text_is_no_ink(qapp: QApplication, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    assert ink_content(data) is None


def test_ink_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.ink_pasted) as pasted:
        assert drop(window, data_of(svg=SVG_TEXT.encode()))
    assert pasted.args == [SVG_TEXT.encode(), b""]


# Dialogs


def test_several_pictures_are_opened(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[str] = []

    def choose(parent: QWidget, title: str, folder: str, kinds: str) -> tuple[list[str], str]:
        asked.append(folder)
        return [str(tmp_path / "a.png"), str(tmp_path / "b.png")], kinds

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    window.set_folder(str(tmp_path))
    with qtbot.waitSignal(window.pictures_chosen) as chosen:
        qtbot.keyClick(window, Qt.Key.Key_O, CONTROL)
    assert chosen.args == [[tmp_path / "a.png", tmp_path / "b.png"]]
    assert asked == [str(tmp_path)]


def test_cancelled_dialogs_do_nothing(
    window: MainWindow,
    draw_page: DrawPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    draw: Draw,
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr("handwrite_gui.widgets.file_dialogs.ask_where_to_save", lambda *_: None)
    draw(draw_page.canvas)
    with qtbot.assertNotEmitted(window.pictures_chosen), qtbot.assertNotEmitted(window.save_chosen):
        window.actions_.open.trigger()
        window.actions_.save.trigger()


@pytest.mark.parametrize(
    ("typed", "listed", "saved", "chosen"),
    [
        ("seven", None, "seven.png", PNG),
        ("seven.PNG", None, "seven.PNG", PNG),
        ("seven", PNG_LARGE, "seven.png", PNG_LARGE),
        ("seven.png", DIGIT_PNG, "seven.png", DIGIT_PNG),
        ("seven", SVG, "seven.svg", SVG),
        ("seven", INKML, "seven.inkml", INKML),
        ("seven.InkML", SVG, "seven.InkML", INKML),
        ("seven.txt", INKML, "seven.txt.inkml", INKML),
    ],
)
def test_ink_is_saved_as_its_name_or_the_list_says(
    window: MainWindow,
    draw_page: DrawPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    typed: str,
    listed: SaveFormat | None,
    saved: str,
    chosen: SaveFormat,
    draw: Draw,
) -> None:
    window.set_folder(str(tmp_path))

    def type_name(dialog: QFileDialog) -> int:
        if listed:
            dialog.selectNameFilter(listed.filter)
            dialog.filterSelected.emit(listed.filter)  # As when a person does that.
        dialog.selectFile(typed)
        return 1

    monkeypatch.setattr(QFileDialog, "exec", type_name)
    draw(draw_page.canvas)
    with qtbot.waitSignal(window.save_chosen) as emitted:
        qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert emitted.args == [tmp_path / saved, chosen]
