"""The application: builds every object and connects them; the only file that knows every room."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from handwrite_gui import logs, paths
from handwrite_gui.interrupts import Interrupts
from handwrite_gui.services.care import Care
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.services.picture_desk import PictureDesk
from handwrite_gui.services.recognition_service import RecognitionService
from handwrite_gui.settings import Settings
from handwrite_gui.widgets.application import build_application
from handwrite_gui.widgets.draw.ink_desk import InkDesk
from handwrite_gui.widgets.draw.kept_ink import KeptInk
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import MainWindow
from handwrite_gui.widgets.remembered import Remembered
from handwrite_gui.widgets.text_size import apply_text_size
from handwrite_gui.widgets.theme import apply_theme

#: How long a closing program waits for a picture that is being opened, and for one being read.
PATIENCE_MS = 300

#: By then the window is painted; before, the import would compete with that.
LOAD_AFTER_MS = 50


def run(pictures: list[Path], model: Path | None) -> int:
    """Show the window and stay until it is closed.

    Args:
        pictures: Files to open at once.
        model: The model to use; by default our own.

    Returns:
        Exit code 0. While TensorFlow is being imported the process ends here instead.
    """
    app = build_application()
    handwrite = Handwrite(app, (model,) if model else paths.careful_models())
    interrupts = Interrupts(app)
    interrupts.interrupted.connect(handwrite.window.close)
    handwrite.show(pictures)
    for soon in (interrupts.listen, handwrite.catch_bugs):
        QTimer.singleShot(LOAD_AFTER_MS, soon)
    code = app.exec()
    if not handwrite.stop():
        # An import cannot be stopped, and waiting for it would hold the closed program for seconds.
        os._exit(code)
    interrupts.close()
    return code


class Handwrite(QObject):
    """The program: its window, its services, and what goes between them.

    Args:
        app: Qt's application.
        models: As for `RecognitionService`.

    Thread:
        The main thread.
    """

    def __init__(self, app: QApplication, models: Sequence[Path]) -> None:
        super().__init__(app)
        self._app, self._model = app, models[0]
        self._failure: str | None = None
        self._is_ready = False
        self.settings = Settings(paths.config_dir(), self)
        apply_theme(app, self.settings.value("theme"))
        apply_text_size(app, float(self.settings.value("text_size")))
        self.recognition = RecognitionService(models, self, numbers=paths.numbers_model())
        Care(self.settings, self.recognition, self)
        self._keeper = Keeper(paths.data_dir(), self)
        self._desk = PictureDesk(self.recognition, self._keeper, self)
        self.draw_page = DrawPage(
            self.settings.value("pen_width"), live=self.settings.value("live_reading")
        )
        # Early, for what is drawn is to be kept as soon as the pen is lifted.
        self._kept_ink = KeptInk(self.draw_page, self._keeper, self)
        self.window = MainWindow(self.draw_page)
        self.window.add_page("draw", lambda: self.draw_page)
        self.window.add_page("pictures", self._make_pictures_page)
        self.window.add_page("settings", self._make_settings_page)
        self.window.add_page("help", self._make_help_page)
        self._inks = InkDesk(self.window, self.draw_page, self.settings, self._keeper)
        actions, page = self.window.actions_, self.draw_page
        actions.digit_after_digit.setChecked(self.settings.value("digit_after_digit"))
        page.digit_line.setVisible(actions.digit_after_digit.isChecked())
        page.answer.offer(actions.why)
        self._connect()
        self.window.show_status("Loading the model…")
        self._remembered = Remembered(app, self.settings, self.window, self.draw_page)

    def show(self, pictures: list[Path]) -> None:
        """Show the window, then load the model and open these pictures."""
        self.window.show()
        QTimer.singleShot(LOAD_AFTER_MS, self._start)
        if pictures:
            self.open_files(pictures)

    @Slot()
    def catch_bugs(self) -> None:
        """Show bugs in a window from now on, once the program's own is seen."""
        from handwrite_gui.widgets.bug_dialog import BugDialog

        logs.catch_bugs(BugDialog(self.window).report)

    def stop(self) -> bool:
        """Keep everything and end the threads; False where one must be left behind."""
        self.settings.sync()
        self._kept_ink.keep()
        self._keeper.close()
        files_ended = self._desk.stop(PATIENCE_MS) & self._inks.stop(PATIENCE_MS)
        return self.recognition.stop(PATIENCE_MS) and files_ended

    # The pages that are made when first shown

    def _make_pictures_page(self) -> QWidget:
        from handwrite_gui.services.side_finder import SideFinder
        from handwrite_gui.widgets.pictures.numbers_desk import NumbersDesk
        from handwrite_gui.widgets.pictures.page import PicturesPage
        from handwrite_gui.widgets.pictures.picture_actions import PictureActions

        page = PicturesPage()
        sides = SideFinder(self.recognition, self._desk, page)
        PictureActions(self.window, page, self._desk, sides)
        page.open_requested.connect(self.window.actions_.open.trigger)
        self.window.actions_.remove_all.triggered.connect(page.remove_all)
        self._desk.added.connect(page.add_picture)
        self._desk.opened.connect(page.show_picture)
        self._desk.read.connect(page.show_reading)
        NumbersDesk(self.window, page, self._desk, self.settings, self._keeper)
        self._desk.failed.connect(page.show_error)
        self.recognition.ready.connect(page.show_ready)
        self.recognition.failed.connect(page.show_failure)
        if self._failure:
            page.show_failure(self._failure)
        elif self._is_ready:
            page.show_ready()
        return page

    def _make_settings_page(self) -> QWidget:
        from handwrite_gui.widgets.settings_page import SettingsPage

        places = [
            ("Settings", paths.config_dir()),
            ("Drawings and corrections", paths.data_dir()),
            ("Log", paths.log_dir()),
            ("Model", self._model),
        ]
        page = SettingsPage(self.settings, places)
        page.keys_requested.connect(self.window.actions_.keys.trigger)
        page.delete_corrections_requested.connect(self._keeper.delete_corrections)
        self._keeper.corrections_deleted.connect(page.show_corrections_deleted)
        return page

    def _make_help_page(self) -> QWidget:
        from handwrite_gui.recognition.model_files.card_text import describe_model
        from handwrite_gui.widgets.help_page import HelpPage

        page = HelpPage(self.window.actions_.shortcuts, describe_model(self._model))
        self.window.actions_.keys_changed.connect(page.show_anew)
        return page

    # Start

    def _connect(self) -> None:
        window, draw, recognition = self.window, self.draw_page, self.recognition
        window.pictures_chosen.connect(self.open_files)
        window.picture_pasted.connect(self._on_pasted)
        window.closed.connect(self._app.quit)
        window.actions_.copy.triggered.connect(self._on_copy)
        window.actions_.about.triggered.connect(self._on_about)
        draw.reading_requested.connect(self._on_reading_requested)
        draw.corrected.connect(self._keeper.keep_correction)
        self._kept_ink.list_in(window.kept)
        self._desk.file_opened.connect(self._on_file_opened)
        self._desk.ink_found.connect(self._on_ink_found)
        self._inks.file_opened.connect(self._on_file_opened)
        self._inks.picture_found.connect(self._on_pasted)
        recognition.ready.connect(self._on_ready)
        recognition.warned.connect(draw.answer.show_message)
        recognition.warned.connect(window.say)
        recognition.failed.connect(self._on_model_failed)
        recognition.care_changed.connect(self._on_care_changed)
        recognition.care_failed.connect(window.say)
        recognition.ink_read.connect(draw.show_reading)
        recognition.ink_failed.connect(draw.show_ink_failure)
        self._keeper.failed.connect(window.say)

    @Slot()
    def _start(self) -> None:
        self._build_rest()
        gc.freeze()
        gc.enable()
        self._kept_ink.find()
        self.recognition.start()

    def _build_rest(self) -> None:
        """Build what nobody can want before the window is seen."""
        from handwrite_gui.widgets.accessibility import tell_roles
        from handwrite_gui.widgets.draw.digit_choice import DigitChoice
        from handwrite_gui.widgets.draw.digit_desk import DigitDesk
        from handwrite_gui.widgets.draw.replay.desk import ReplayDesk
        from handwrite_gui.widgets.draw.why.desk import WhyDesk
        from handwrite_gui.widgets.key_choices import KeyChoices
        from handwrite_gui.widgets.settings_actions import SettingsActions
        from handwrite_gui.widgets.switches import Switches

        actions = self.window.actions_
        Switches(self.settings, actions)
        SettingsActions(self.window, self.settings, KeyChoices(self.settings, actions))
        tell_roles(self.window)
        ReplayDesk(actions, self.draw_page, self.recognition, self.settings)
        DigitChoice(self.window, self.draw_page)
        WhyDesk(self.window, self.draw_page, self.recognition)
        DigitDesk(self.window, self.draw_page, self.settings, self._keeper).find()

    # Ink

    @Slot()
    def _on_reading_requested(self) -> None:
        self.recognition.request_ink(self.draw_page.take_ink)

    # Files

    @Slot(list)
    def open_files(self, chosen: list[Path]) -> None:
        """Open files of ink and of pictures, and read them."""
        from handwrite_gui.storage.picture_bytes import is_named_as_ink

        inks = list(filter(is_named_as_ink, chosen))
        for path in inks:
            self._inks.open(path)
        pictures = [path for path in chosen if path not in inks]
        if pictures:
            self.window.show_page("pictures")
        for path in pictures:
            self._desk.open(path, path.name)
        self.settings.set_value("last_folder", str(chosen[-1].absolute().parent))

    @Slot(Path)
    def _on_file_opened(self, path: Path) -> None:
        known = self.settings.value("recent_pictures")
        self.settings.set_value("recent_pictures", [str(path.absolute()), *known])

    @Slot(int, Path)
    def _on_ink_found(self, _key: int, path: Path) -> None:
        self._inks.open(path)

    @Slot(bytes)
    def _on_pasted(self, content: bytes) -> None:
        self.window.show_page("pictures")
        self._desk.open(content, "Pasted picture")

    # The model

    @Slot()
    def _on_ready(self) -> None:
        self._is_ready = True
        self.window.show_status("Ready")
        self.draw_page.show_ready()

    @Slot(str)
    def _on_model_failed(self, sentence: str) -> None:
        self._failure = sentence
        self.window.show_status("No model")
        self.draw_page.show_failure(sentence)

    @Slot(bool)
    def _on_care_changed(self, careful: bool) -> None:
        self.window.show_status("Ready, reading carefully" if careful else "Ready")
        if self.draw_page.reading is not None:
            self._on_reading_requested()

    # The window

    @Slot()
    def _on_copy(self) -> None:
        said = ""
        if self.window.page == "draw":
            said = self._inks.copy() or self.draw_page.digit_line.copy_if_seen()
        if self.window.page != "pictures":  # Whose desk copies what is read there.
            self.window.said.say_now(said or "There is no answer to copy yet.")

    @Slot()
    def _on_about(self) -> None:
        from handwrite_gui.widgets.about import show_about

        show_about(self.window, paths.log_dir())
