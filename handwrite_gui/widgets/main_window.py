"""The main window: the pages, the menus around them, and what comes in from outside."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
)
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget

from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.answer_panel import AnswerPanel
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.draw.tool_actions import ToolActions
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.ink_content import FORMATS as INK_FORMATS
from handwrite_gui.widgets.ink_content import ink_content
from handwrite_gui.widgets.kept_menu import KeptMenu
from handwrite_gui.widgets.menus import fill_menus
from handwrite_gui.widgets.navigation import Navigation
from handwrite_gui.widgets.page_scroll import PageScroll
from handwrite_gui.widgets.picture_content import picture_content
from handwrite_gui.widgets.recent_menu import RecentMenu
from handwrite_gui.widgets.said_bar import SaidBar
from handwrite_gui.widgets.shown_stack import ShownStack
from handwrite_gui.widgets.theme import SPACING
from handwrite_gui.widgets.theme_menu import ThemeMenu

#: At the first start; later it is as it was left.
FIRST_SIZE = QSize(1200, 760)
#: Room for the system's frame around the window.
FRAME = QSize(2 * SPACING, 5 * SPACING)


class MainWindow(QMainWindow):
    """One window with a page at a time.

    Attributes:
        actions_: All actions.
        folder: Where file dialogs start.
        recent: The menu of files that were opened lately.
        kept: The menu of kept drawings.
        paper_menu: What the View menu says of the paper.
        said: The status bar.

    Signals:
        pictures_chosen: Paths, of ink too, that were opened, dropped or taken from the recent ones.
        picture_pasted: A picture's bytes from the clipboard or a drop.
        ink_pasted: InkML or SVG likewise, and the same as a picture's bytes, or none.
        save_chosen: The path under which the ink is to be saved, and the `SaveFormat`.
        page_shown: The name of the page now seen.
        theme_chosen: "system", "light" or "dark".
        closing: The window is about to go: what is half done is to be finished.
        closed: The window is gone.
    """

    pictures_chosen = Signal(list)
    picture_pasted = Signal(bytes)
    ink_pasted = Signal(bytes, bytes)
    save_chosen = Signal(Path, object)
    page_shown = Signal(str)
    theme_chosen = Signal(str)
    closing = Signal()
    closed = Signal()

    def __init__(self, draw_page: DrawPage) -> None:
        super().__init__()
        self.setWindowTitle("Handwrite")
        self.setWindowIcon(icon("handwrite"))
        self.setAcceptDrops(True)
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME))
        self.actions_ = Actions(self)
        self.folder = ""
        self._pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {}
        self._stack = ShownStack()
        self._page_actions = QActionGroup(self)
        self.said = SaidBar(self)
        self.setStatusBar(self.said)
        for action in self.findChildren(QAction):  # Before anything that it does, and may say.
            action.triggered.connect(self.said.end_now)
        self._draw_page = draw_page
        actions = self.actions_
        ToolActions(self, draw_page)
        draw_page.lay_out(
            actions.undo, actions.redo, actions.replay, actions.clear, actions.predict
        )
        self._lay_out()
        self.recent = RecentMenu(self)
        self.kept = KeptMenu(actions.restore, draw_page.offer, self._stack)
        self.kept.chosen.connect(actions.draw.trigger)
        self._themes = ThemeMenu(actions, self)
        self.paper_menu = fill_menus(
            self.menuBar(),
            actions,
            self.recent,
            self.kept,
            self._themes,
            draw_page.canvas.view_control,
        )
        self._connect()

    def add_page(self, name: str, make: Callable[[], QWidget]) -> None:
        """Add a page that is made when it is first shown; its action has the same name."""
        self._makers[name] = make
        action: QAction = getattr(self.actions_, name)
        self._page_actions.addAction(action)

    def show_page(self, name: str) -> None:
        """Show a page; an unknown name shows the first."""
        name = name if name in self._makers else "draw"
        if name not in self._pages:
            self._pages[name] = self._makers[name]()
            self._pages[name].setAccessibleName(getattr(self.actions_, name).iconText())
            self._stack.addWidget(self._pages[name])
        self._stack.setCurrentWidget(self._pages[name])
        getattr(self.actions_, name).setChecked(True)
        self._update_actions()
        self._pages[name].setFocus()
        self.page_shown.emit(name)

    @property
    def page(self) -> str:
        """Name of the page that is seen."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "draw")

    def page_if_made(self, name: str) -> QWidget | None:
        """A page, or None if it was never shown."""
        return self._pages.get(name)

    def set_folder(self, folder: str) -> None:
        """Let file dialogs start here."""
        self.folder = folder

    def show_status(self, text: str) -> None:
        """Say how the model is, at the right of the status bar."""
        self.said.show_model(text)

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Say something for a while, at the left of the status bar; whole in its tooltip."""
        self.said.say(sentence)

    # What comes in

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files, pictures and ink."""
        data = event.mimeData()
        if data.hasUrls() or data.hasImage() or any(map(data.hasFormat, INK_FORMATS)):
            # After a move its source might delete the file.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        if self._take(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window is gone."""
        self.closing.emit()
        super().closeEvent(event)
        self.hide()
        self.closed.emit()

    def _take(self, data: QMimeData) -> bool:
        """Take what was dropped or pasted; return whether there was anything to read."""
        local = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
        picture, ink = picture_content(data), ink_content(data)
        if local:
            self.pictures_chosen.emit([Path(path) for path in local])
        elif ink and (self.page == "draw" or not picture):
            self.ink_pasted.emit(ink, picture or b"")
        elif picture:
            self.picture_pasted.emit(picture)
        else:
            self.said.say_now(
                "There is no picture there; copy or drop a picture, or a picture's file."
            )
        return bool(local or picture or ink)

    # Slots

    @Slot()
    def _on_open(self) -> None:
        # Imported only here, as below: the window is to be seen at once.
        from handwrite_gui.widgets.file_dialogs import ask_for_files

        paths = ask_for_files(self, self.folder)
        if paths:
            self.pictures_chosen.emit(paths)

    @Slot()
    def _on_undo(self) -> None:
        if self.page == "draw":
            self._draw_page.canvas.undo()

    @Slot()
    def _on_redo(self) -> None:
        if self.page == "draw":
            self._draw_page.canvas.redo()

    @Slot()
    def _on_save(self) -> None:
        if self.page != "draw":
            return
        from handwrite_gui.widgets.file_dialogs import ask_where_to_save

        chosen = ask_where_to_save(self, self.folder)
        if chosen is not None:
            self.save_chosen.emit(*chosen)

    @Slot()
    def _on_say(self) -> None:
        answers = self._pages[self.page].findChildren(AnswerPanel)
        said = next((answer.all_spoken for answer in answers if answer.isVisible()), "")
        self.said.say_now(said or "There is no answer here yet.")

    @Slot()
    def _on_paste(self) -> None:
        self._take(QGuiApplication.clipboard().mimeData())

    @Slot(QAction)
    def _on_page_action(self, action: QAction) -> None:
        self.show_page(next(n for n in self._makers if getattr(self.actions_, n) is action))

    @Slot()
    def _on_open_recent(self) -> None:
        self.recent.show_on(self._stack)

    @Slot()
    def _update_actions(self) -> None:
        canvas, drawing = self._draw_page.canvas, self.page == "draw"
        self.actions_.undo.setEnabled(drawing and canvas.can_undo)
        self.actions_.redo.setEnabled(drawing and canvas.can_redo)
        for name in ("predict", "why", "digit_after_digit", "show_readings"):
            getattr(self.actions_, name).setEnabled(drawing)
        self.actions_.replay.setEnabled(drawing and not canvas.is_blank)
        self.actions_.save.setEnabled(drawing and not canvas.is_blank)
        for name in ("remove_all", "save_all", "next_doubtful", "copy_number"):
            getattr(self.actions_, name).setEnabled(self.page == "pictures")

    # Building

    def _connect(self) -> None:
        actions, canvas = self.actions_, self._draw_page.canvas
        actions.open.triggered.connect(self._on_open)
        actions.save.triggered.connect(self._on_save)
        actions.quit.triggered.connect(self.close)
        actions.undo.triggered.connect(self._on_undo)
        actions.redo.triggered.connect(self._on_redo)
        actions.clear.triggered.connect(canvas.clear)
        actions.paste.triggered.connect(self._on_paste)
        actions.predict.triggered.connect(self._draw_page.predict)
        actions.say.triggered.connect(self._on_say)
        actions.open_recent.triggered.connect(self._on_open_recent)
        self.recent.chosen.connect(self.pictures_chosen)
        self._themes.chosen.connect(self.theme_chosen)
        self.page_shown.connect(self.paper_menu.show_page)
        self.page_shown.connect(self.said.end_now)
        self._page_actions.triggered.connect(self._on_page_action)
        canvas.stroke_started.connect(self.said.end_now)
        canvas.stroke_started.connect(self._update_actions)
        canvas.stroke_finished.connect(self._update_actions)

    def _lay_out(self) -> None:
        pages = [self.actions_.draw, self.actions_.pictures]
        self._navigation = Navigation(pages, [self.actions_.settings, self.actions_.help])
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._navigation)
        layout.addWidget(PageScroll(self._stack, self._room), 1)
        self.setCentralWidget(whole)

    def _room(self) -> QSize:
        """How large a page can be where the window fills the screen."""
        bars = self.menuBar().sizeHint().height() + self.statusBar().sizeHint().height()
        around = QSize(self._navigation.minimumSizeHint().width(), bars)
        return self.screen().availableSize() - FRAME - around

    def show_theme(self, name: str) -> None:
        """Mark the theme in force in the menu."""
        self._themes.mark(name)
