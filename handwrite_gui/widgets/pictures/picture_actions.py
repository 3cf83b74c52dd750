"""What actions do with the picture that is shown on the Pictures page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from handwrite_gui.services.picture_desk import PictureDesk
from handwrite_gui.services.side_finder import SideFinder
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.read_all import ReadAll

if TYPE_CHECKING:
    from handwrite_gui.widgets.main_window import MainWindow

_HOW_TO_DRAW = "Draw a box with the pointer, or with the arrows and Shift; Enter reads it."


class PictureActions(QObject):
    """Lets actions, and the buttons that the picture gets, turn and cut it, and enlarge it.

    Args:
        window: Has the actions, and says which page is seen.
        page: Shows the picture.
        desk: Opens its pages, turned and cropped.
        sides: Finds out which of them lie on their side.

    Thread:
        The window's.
    """

    def __init__(
        self, window: MainWindow, page: PicturesPage, desk: PictureDesk, sides: SideFinder
    ) -> None:
        super().__init__(page)
        self._window, self._page, self._shown, self._desk = window, page, page.shown, desk
        self._actions = actions = window.actions_
        self._all = ReadAll(window, page, desk)
        self._all.changed.connect(self._update)
        self._view = view = page.shown.view
        tools = [actions.turn_left, actions.turn_right, actions.draw_box]
        tools += [actions.crop, actions.read_box, actions.uncrop]
        page.empty.offer(window.recent)
        page.shown.add_tools(tools, actions.previous_page, actions.go_to, actions.next_page)
        for action, do in (
            (actions.previous_page, self._on_previous_page),
            (actions.next_page, self._on_next_page),
            (actions.go_to, self._on_go_to),
            (actions.turn_left, self._on_turn_left),
            (actions.turn_right, self._on_turn_right),
            (actions.crop, page.shown.crop),
            (actions.read_box, page.shown.read_box),
            (actions.uncrop, page.shown.undo),
            (actions.stop_reading, self._on_stop_reading),
            (actions.zoom_in, self._on_zoom_in),
            (actions.zoom_out, self._on_zoom_out),
            (actions.zoom_home, self._on_zoom_home),
        ):
            action.triggered.connect(do)
        actions.draw_box.toggled.connect(self._on_draw_box)
        page.shown.add_stop(actions.stop_reading)
        page.shown.add_turns(actions.turn_left, actions.turn_right)
        page.removal.removed.connect(desk.remove)
        page.removal.removed.connect(sides.forget)
        page.removal.brought_back.connect(desk.bring_back)
        sides.found.connect(page.progress.show_on_its_side)
        desk.went_on.connect(page.progress.show)
        desk.stopped.connect(page.progress.show_stopped)
        desk.began_again.connect(page.progress.show_begun_again)
        desk.lost.connect(page.progress.show_lost)
        page.shown.excerpt_wanted.connect(desk.open_excerpt)
        page.shown.pixels_wanted.connect(desk.open_again)
        desk.ink_found.connect(self._on_ink_found)
        desk.excerpt_added.connect(page.add_excerpt)
        view.box_left.connect(self._on_box_left)
        view.entered.connect(self._on_entered)
        page.shown.changed.connect(self._update)
        page.list.model().rowsInserted.connect(self._update)
        page.list.model().rowsRemoved.connect(self._update)
        window.page_shown.connect(self._update)
        self._update()

    @property
    def _is_seen(self) -> bool:
        return self._window.page == "pictures"

    @Slot()
    def _update(self) -> None:
        """Enable what would do something; nothing where the picture is not seen."""
        actions, shown, is_seen = self._actions, self._shown, self._is_seen
        if not is_seen:
            self._window.said.unsay(_HOW_TO_DRAW)
        actions.previous_page.setEnabled(is_seen and shown.can_turn_page(-1))
        actions.next_page.setEnabled(is_seen and shown.can_turn_page(1))
        actions.go_to.setEnabled(is_seen and (shown.page_count > 1 or self._page.list.count() > 1))
        for action in (actions.turn_left, actions.turn_right, actions.draw_box):
            action.setEnabled(is_seen and shown.can_edit)
        for action in (actions.crop, actions.read_box):
            action.setEnabled(is_seen and shown.can_cut)
        actions.uncrop.setEnabled(is_seen and shown.can_undo)
        can_stop = self._all.is_running or shown.can_stop or shown.can_read_on
        actions.stop_reading.setEnabled(is_seen and can_stop)

    @Slot(int, Path)
    def _on_ink_found(self, key: int, _path: Path) -> None:
        self._page.remove([key], for_good=True)

    @Slot()
    def _on_previous_page(self) -> None:
        self._shown.turn_page(-1)

    @Slot()
    def _on_next_page(self) -> None:
        self._shown.turn_page(1)

    @Slot()
    def _on_go_to(self) -> None:
        # Imported only here: the window is to be seen at once.
        from handwrite_gui.widgets.pictures.go_to import GoTo

        shown, listed = self._shown, self._page.list
        if shown.page_count > 1:
            dialog = GoTo(self._window, "page", shown.page + 1, shown.page_count)
            dialog.chosen.connect(self._go_to_page)
            dialog.open()
        elif listed.count() > 1:
            dialog = GoTo(self._window, "picture", listed.currentRow() + 1, listed.count())
            dialog.chosen.connect(self._go_to_picture)
            dialog.open()

    @Slot(int)
    def _go_to_page(self, number: int) -> None:
        most = self._shown.page_count
        self._shown.turn_page(min(max(number, 1), most) - 1 - self._shown.page)
        if number > most:
            self._window.said.say_now(f"There are {most} pages: this is the last.")

    @Slot(int)
    def _go_to_picture(self, number: int) -> None:
        keys = self._page.list.keys
        self._page.list.make_current(keys[min(max(number, 1), len(keys)) - 1])
        if number > len(keys):
            self._window.said.say_now(f"There are {len(keys)} pictures: this is the last.")

    @Slot()
    def _on_turn_left(self) -> None:
        self._shown.turn(-1)

    @Slot()
    def _on_turn_right(self) -> None:
        self._shown.turn(1)

    @Slot(bool)
    def _on_draw_box(self, on: bool) -> None:
        self._view.set_draws_box(on)
        if not on:
            self._window.said.unsay(_HOW_TO_DRAW)
        elif self._is_seen:
            self._view.setFocus()
            self._window.say(_HOW_TO_DRAW)

    @Slot()
    def _on_box_left(self) -> None:
        self._actions.draw_box.setChecked(False)

    @Slot()
    def _on_entered(self) -> None:
        """Read the box that is drawn, or confirm the number that is marked."""
        if self._shown.can_cut:
            self._shown.read_box()
        elif not self._page.numbers.isHidden():
            self._page.numbers.list.confirm()

    @Slot()
    def _on_stop_reading(self) -> None:
        key, are_all_read = self._page.current_key, self._all.is_running
        self._all.stop()
        if key is not None and self._shown.can_stop:
            self._desk.stop_reading(key)
        elif key is not None and self._shown.can_read_on and not are_all_read:
            self._desk.read_again(key)

    @Slot()
    def _on_zoom_in(self) -> None:
        if self._is_seen:
            self._view.control.zoom_in()

    @Slot()
    def _on_zoom_out(self) -> None:
        if self._is_seen:
            self._view.control.zoom_out()

    @Slot()
    def _on_zoom_home(self) -> None:
        if self._is_seen:
            self._view.control.go_home()
