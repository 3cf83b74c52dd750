"""The Numbers' desk: their way from the Pictures page to files, the clipboard and the disk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from handwrite_gui.domain.reading import Number, Reading
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.services.picture_desk import PictureDesk
from handwrite_gui.settings import Settings
from handwrite_gui.widgets.file_dialogs import (
    CSV,
    DRAWN_ON,
    MANY_FORMATS,
    NUMBERS_FORMATS,
    TXT,
    SaveFormat,
    ask_where_to_save,
)
from handwrite_gui.widgets.main_window import MainWindow
from handwrite_gui.widgets.pictures.doubtful import Doubtful
from handwrite_gui.widgets.pictures.page import PicturesPage
from handwrite_gui.widgets.pictures.unread import boxes_in_words, read_in_words

_SHARE = "lists_share"


class NumbersDesk(QObject):
    """Starts what can be done with Numbers, saves them, and keeps what a person says of them.

    Thread:
        The window's.
    """

    def __init__(
        self,
        window: MainWindow,
        page: PicturesPage,
        pictures: PictureDesk,
        settings: Settings,
        keeper: Keeper,
    ) -> None:
        super().__init__(page)
        self._window, self._page, self._pictures = window, page, pictures
        self._settings, self._keeper = settings, keeper
        self._work, actions = page.work, window.actions_
        self._doubtful = Doubtful(window, page)
        for action, text in (
            (actions.next_doubtful, "Next doubtful"),
            (actions.copy_number, "Copy one"),
            (actions.save, "Save…"),
            (actions.copy, "Copy all"),
        ):
            page.numbers.add_button(action, text)
        for action, do in (
            (actions.undo, self._on_undo),
            (actions.redo, self._on_redo),
            (actions.next_doubtful, self._doubtful.go_on),
            (actions.alternatives, self._on_alternatives),
            (actions.next_digit, self._on_next_digit),
            (actions.previous_digit, self._on_previous_digit),
            (actions.copy_number, self._on_copy_number),
            (actions.copy, self._on_copy),
            (actions.save, self._on_save),
            (actions.save_all, self._on_save_all),
        ):
            action.triggered.connect(do)
        self._on_setting_changed(_SHARE)
        settings.changed.connect(self._on_setting_changed)
        page.lists_share_changed.connect(self._on_share_changed)
        self._work.corrected.connect(self._on_corrected)
        self._work.words_changed.connect(keeper.words.keep)
        keeper.words.found.connect(page.words.show)
        keeper.words.forgotten.connect(page.words.forget)
        self._work.changed.connect(self._update_actions)
        for signal in (pictures.read, pictures.stopped):  # Of a page that nobody looks at, too.
            signal.connect(self._update_actions)
        page.removal.changed.connect(self._update_actions)
        window.page_shown.connect(self._update_actions)
        window.closing.connect(self._work.finish_typing)

    @property
    def _is_seen(self) -> bool:
        return self._window.page == "pictures"

    @Slot()
    def _update_actions(self) -> None:
        if not self._is_seen:
            return
        actions, files = self._window.actions_, self._page.files
        readings = files.readings()
        is_read = self._page.current_key in readings
        is_listed = is_read and not self._page.numbers.isHidden()
        shown = self._page.shown
        is_removed = self._page.removal.count > 0
        actions.undo.setEnabled(self._work.can_undo or shown.can_undo or is_removed)
        actions.redo.setEnabled(self._work.can_redo or shown.can_redo)
        actions.save.setEnabled(is_read)
        # Whole pages are put together only where boxes in them hold nothing.
        can_save_all = readings or any(each.numbers for each in files.page_readings().values())
        actions.save_all.setEnabled(bool(can_save_all))
        is_elsewhere = any(key != self._page.current_key for key in readings)
        actions.next_doubtful.setEnabled(is_listed or is_elsewhere)
        for action in (
            *(actions.alternatives, actions.copy_number),
            *(actions.next_digit, actions.previous_digit),
        ):
            action.setEnabled(is_listed)

    @Slot(str)
    def _on_setting_changed(self, key: str) -> None:
        if key == _SHARE:
            self._page.set_lists_share(self._settings.value(_SHARE))

    @Slot(float)
    def _on_share_changed(self, share: float) -> None:
        self._settings.set_value(_SHARE, share)

    # What a person does

    @Slot()
    def _on_undo(self) -> None:
        if not self._is_seen:
            return
        removal = self._page.removal
        if removal.is_latest:
            self._page.bring_back()
        elif self._work.can_undo:
            removal.undo_act(self._work.undo)
        elif self._page.shown.can_undo:  # It came before what was said of the picture.
            removal.undo_act(self._page.shown.undo)
        else:
            self._page.bring_back()

    @Slot()
    def _on_redo(self) -> None:
        if not self._is_seen:
            return
        if self._work.can_redo:
            self._work.redo()
        else:
            self._page.shown.redo()

    @Slot()
    def _on_alternatives(self) -> None:
        if self._is_seen:
            self._page.numbers.offer_alternatives()

    @Slot()
    def _on_next_digit(self) -> None:
        if self._is_seen:
            self._page.numbers.list.step_digit(1)

    @Slot()
    def _on_previous_digit(self) -> None:
        if self._is_seen:
            self._page.numbers.list.step_digit(-1)

    @Slot()
    def _on_copy_number(self) -> None:
        text = self._page.numbers.current_text
        QGuiApplication.clipboard().setText(text)
        self._window.said.say_now(f"Copied: {text}")

    @Slot()
    def _on_copy(self) -> None:
        if not self._is_seen:
            return
        key = self._page.current_key
        reading = None if key is None else self._page.files.readings().get(key)
        if reading is None:
            self._window.said.say_now("There is no answer to copy yet.")
            return
        QGuiApplication.clipboard().setText(reading.text)
        count = len(reading.numbers)
        said = f"Copied: {reading.text}" if count == 1 else f"Copied {count} numbers."
        self._window.said.say_now(said)

    @Slot()
    def _on_save(self) -> None:
        self._work.finish_typing()
        key = self._page.current_key
        if not self._is_seen or key is None:
            return
        path, page, page_count = self._pictures.place(key)
        name = Path(path).stem + (f" page {page + 1}" if page_count > 1 else "") + " numbers"
        self._ask_and_save({key: self._page.files.readings()[key]}, name, NUMBERS_FORMATS)

    @Slot()
    def _on_save_all(self) -> None:
        self._work.finish_typing()
        files = self._page.files
        self._ask_and_save(
            files.page_readings(),
            "numbers",
            MANY_FORMATS,
            *read_in_words(files),
            boxes_in_words(files),
        )

    def _ask_and_save(
        self,
        readings: Mapping[int, Reading],
        name: str,
        formats: tuple[SaveFormat, ...],
        how_many: str = "",
        why: str = "",
        also: str = "",
    ) -> None:
        """Ask where and save.

        Args:
            readings: What is to be saved.
            name: Of the file, as it is offered.
            formats: To choose among.
            how_many: As `read_in_words` returns it.
            why: Likewise.
            also: A sentence that is said when it is saved.
        """
        title = f"Save numbers of {how_many} as" if how_many else "Save numbers as"
        chosen = ask_where_to_save(self._window, self._window.folder, title, name, formats)
        if chosen is None:
            return
        path, chosen_format = chosen
        said = f"Saved {how_many} as {path.name}" if how_many else ""
        said += f": {why}" if why else "." * bool(said)
        if also:
            said = f"{said or f'Saved as {path}.'} {also}"
        what = "The picture" if chosen_format is DRAWN_ON else "The numbers"
        self._keeper.save(path, self._content(chosen_format, readings), what, said)
        self._settings.set_value("last_folder", str(path.absolute().parent))

    def _name(self, key: int) -> str:
        path, page, page_count = self._pictures.place(key)
        return Path(path).name + (f", page {page + 1}" if page_count > 1 else "")

    def _content(
        self, chosen: SaveFormat, readings: Mapping[int, Reading]
    ) -> bytes | Callable[[], bytes]:
        """Return a file's content, or how it is made where that need not be done here."""
        if chosen is DRAWN_ON:
            ((key, reading),) = readings.items()
            return self._pictures.drawn_on(key, reading.numbers)
        if chosen is TXT:
            from handwrite_gui.storage.numbers_text import numbers_to_text

            return numbers_to_text([(self._name(key), each) for key, each in readings.items()])
        if chosen is CSV:
            from handwrite_gui.storage.numbers_csv import numbers_to_csv

            every = [
                (self._pictures.path(key), number)
                for key, reading in readings.items()
                for number in reading.numbers
            ]
            return partial(numbers_to_csv, every)
        from handwrite_gui.storage.reading_json import page_to_json

        told = []
        for key, reading in readings.items():
            path, page, page_count = self._pictures.place(key)
            told.append(page_to_json(path, reading, page, page_count))
        shown = told[0] if len(told) == 1 else told
        return json.dumps(shown, indent=1, ensure_ascii=False).encode("utf-8", "replace")

    @Slot(int, object, object)
    def _on_corrected(self, _key: int, now: Number, before: Number) -> None:
        self._keeper.keep_said(now, before)
