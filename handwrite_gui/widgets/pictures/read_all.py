"""Read all: every page of every open picture is read, while any of them is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from handwrite_gui.domain.excerpt import Excerpt
from handwrite_gui.services.picture_desk import PictureDesk
from handwrite_gui.widgets.accessibility import announce
from handwrite_gui.widgets.pictures.entry import Entry
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.unread import counted, failed_in_words

if TYPE_CHECKING:
    from handwrite_gui.widgets.main_window import MainWindow

#: What has changed is looked at so soon, once for all that changes meanwhile.
SOON_MS = 20
#: So many pages that nobody looks at are under way: one is read while the next is opened.
MOST_BEHIND = 2
READ_ALL, STOP = "Read all", "Stop all"


class ReadAll(QObject):
    """Has all pages read that were not, and those to their ends whose reading was stopped.

    Those that failed are tried once more each time, for what hindered them may be over. No more
    than a few are asked for at a time, so that what is opened or looked at meanwhile goes first,
    and what is removed is asked for no more.

    Args:
        window: Has the action, and says what came of it.
        page: Shows the pictures.
        desk: Opens the pages and has them read.

    Attributes:
        is_running: Whether they are being read.

    Signals:
        changed: It began or ended.

    Thread:
        The window's.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, page: PicturesPage, desk: PictureDesk) -> None:
        super().__init__(page)
        self._window, self._page, self._desk = window, page, desk
        self._action = window.actions_.read_all
        self.is_running = False
        #: The keys of what this run has asked for, and of those that are under way.
        self._tried: set[int] = set()
        self._under_way: set[int] = set()
        #: How the last run ended, and what could not be read, until either is no longer so.
        self._said = self._failed = self._count_then = ""
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._go_on)
        page.panel.add_read_all(self._action)
        self._action.triggered.connect(self._on_triggered)
        for signal in (desk.opened, desk.read, desk.failed, desk.stopped, page.shown.changed):
            signal.connect(self._on_changed)
        for signal in (page.list.model().rowsInserted, page.list.model().rowsRemoved):
            signal.connect(self._on_listed)
        window.page_shown.connect(self._show)
        window.closing.connect(self._on_closing)
        self._show()

    def stop(self) -> None:
        """Read no more, and keep what was read, also of a page that was begun."""
        if not self.is_running:
            return
        for key in self._under_way:
            entry = self._page.entry(key)
            if entry is None or entry is self._page.files[key].shown:
                continue  # A person has gone to it.
            is_begun = entry.progress is not None or entry.history is not None
            if is_begun or not self._page.removal.forget_page(entry):
                self._desk.stop_reading(key)
        self._end(f"Stopped after {self._count}.")

    @property
    def _count(self) -> str:
        files = self._page.files
        read = sum(entry.is_read for file in files for entry in file.latest)
        return counted(read, files)

    @property
    def _progress(self) -> str:
        if not self.is_running:
            return self._said
        latest = [entry for file in self._page.files for entry in file.latest]
        failed = sum(entry.error is not None for entry in latest)
        return f"Reading all: {self._count}{f', {failed} failed' if failed else ''}"

    @property
    def _sentence(self) -> str:
        return f"{self._said} {self._failed}".rstrip()

    def _unsay(self) -> None:
        self._window.said.unsay(self._sentence)
        self._said = self._failed = ""

    @property
    def _is_wanted(self) -> bool:
        """Whether there is a page to be asked for, but for the one that is shown."""
        shown = self._page.current_key
        return any(
            file.page_count > len(file.latest)
            or any(
                entry.error is not None or (entry.is_stopped and entry.key != shown)
                for entry in file.latest
            )
            for file in self._page.files
        )

    @Slot()
    def _on_triggered(self) -> None:
        if self.is_running:
            self.stop()
        else:
            self.is_running = True
            self._tried.clear()
            self._under_way.clear()
            self._go_on()
            self.changed.emit()
            announce(self._page, self._progress)

    @Slot()
    def _go_on(self) -> None:
        """Ask for the next pages, and say how far it is."""
        files = self._page.files
        if self.is_running:
            entries = [self._page.entry(key) for key in self._under_way]
            self._under_way = {each.key for each in entries if each and not each.is_settled}
            while len(self._under_way) < MOST_BEHIND and self._ask_for_next():
                pass
            if all(entry.is_settled for file in files for entry in file.latest):
                self._end(f"Read {self._count}." if len(files) else "")
            elif not self._desk.can_read:
                self._end("")
        self._show()

    def _ask_for_next(self) -> bool:
        for file in self._page.files:
            for page in range(file.page_count):
                entry = file.entry(page)
                if entry is None:
                    key = self._desk.read_behind(file.key, Excerpt(page))
                    self._page.add_excerpt(file.key, key, Excerpt(page), is_shown=False)
                elif _can_be_tried(entry) and entry.key not in self._tried:
                    key = entry.key
                    self._desk.read_again(key, can_wait=True)
                else:
                    continue
                self._tried.add(key)
                self._under_way.add(key)
                return True
        return False

    def _end(self, said: str) -> None:
        self.is_running, self._said = False, said
        self._failed = failed_in_words(self._page.files) if said else ""
        self._count_then = self._count
        self._show()
        self.changed.emit()
        if said:
            self._window.said.say_now(self._sentence)

    @Slot()
    def _show(self) -> None:
        """Say how far it is, and offer what can be done."""
        then = self._count_then, self._failed
        if self._said and (self._count, failed_in_words(self._page.files)) != then:
            self._unsay()
        can_do = self.is_running or (self._is_wanted and self._desk.can_read)
        text = STOP if self.is_running else READ_ALL
        self._action.setText("Stop reading &all pages" if self.is_running else "Read &all pages")
        self._action.setIconText(text)
        self._action.setEnabled(can_do and self._window.page == "pictures")
        failed = "" if self.is_running else self._failed
        self._page.panel.show_read_all(text, self._progress, failed, can_do=can_do)

    @Slot()
    def _on_changed(self) -> None:
        """Go on soon, for a page may just have become read; at once for the one that is seen."""
        if not self._soon.isActive():
            self._soon.start()
        if (key := self._page.current_key) is not None:
            self._desk.hurry(key)

    @Slot()
    def _on_listed(self) -> None:
        self._unsay()
        self._soon.start()

    @Slot()
    def _on_closing(self) -> None:
        self.is_running = False


def _can_be_tried(entry: Entry) -> bool:
    return entry.is_stopped or entry.error is not None
