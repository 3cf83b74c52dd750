from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.page import DrawPage
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
    monkeypatch.setattr("handwrite_gui.widgets.file_dialogs.ask_for_png", lambda *_: None)
    draw(draw_page.canvas)
    with qtbot.assertNotEmitted(window.pictures_chosen), qtbot.assertNotEmitted(window.save_chosen):
        window.actions_.open.trigger()
        window.actions_.save.trigger()


@pytest.mark.parametrize(("typed", "saved"), [("seven", "seven.png"), ("seven.PNG", "seven.PNG")])
def test_drawing_is_saved_as_png(
    window: MainWindow,
    draw_page: DrawPage,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    typed: str,
    saved: str,
    draw: Draw,
) -> None:
    window.set_folder(str(tmp_path))

    def type_name(dialog: QFileDialog) -> int:
        dialog.selectFile(typed)
        return 1

    monkeypatch.setattr(QFileDialog, "exec", type_name)
    draw(draw_page.canvas)
    with qtbot.waitSignal(window.save_chosen) as chosen:
        qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert chosen.args == [tmp_path / saved]
