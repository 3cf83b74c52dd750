"""What the window remembers: the settings as they are seen, and what is seen as settings."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Slot
from PySide6.QtWidgets import QApplication

from handwrite_gui.settings import Settings
from handwrite_gui.widgets.draw.page import DrawPage
from handwrite_gui.widgets.main_window import FIRST_SIZE, FRAME, MainWindow
from handwrite_gui.widgets.text_size import apply_text_size
from handwrite_gui.widgets.theme import apply_theme

#: Pages that the window opens with again.
PAGES = ("draw", "pictures")


class Remembered(QObject):
    """Keeps settings and window alike, from the start on.

    Thread:
        The window's.
    """

    def __init__(
        self, app: QApplication, settings: Settings, window: MainWindow, draw_page: DrawPage
    ) -> None:
        super().__init__(window)
        self._app, self._settings = app, settings
        self._window, self._draw_page = window, draw_page
        window.restoreGeometry(QByteArray(settings.value("window_geometry")))
        drawing = (
            "stabiliser",
            "pen_only",
            "draw_by_moving",
            "erase_parts",
            "guides",
            "show_readings",
            "left_handed",
        )
        for key in ("theme", "recent_pictures", "last_folder", *drawing):
            self._on_changed(key)
        window.show_page(settings.value("page"))
        settings.changed.connect(self._on_changed)
        settings.failed.connect(window.say)
        window.page_shown.connect(self._on_page_shown)
        window.theme_chosen.connect(self._on_theme_chosen)
        window.paper_menu.chosen.connect(self._on_guides_chosen)
        window.recent.gone.connect(self._on_recent_gone)
        window.recent.cleared.connect(self._on_recent_cleared)
        window.closed.connect(self._on_closed)
        draw_page.live_toggled.connect(self._on_live_toggled)
        window.actions_.erase_parts.toggled.connect(self._on_parts_toggled)
        if settings.problem:
            window.say(settings.problem)

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        value = self._settings.value(key)
        if key == "theme":
            apply_theme(self._app, value)
            self._window.show_theme(value)
        elif key == "text_size":
            apply_text_size(self._app, float(value))
        elif key == "pen_width":
            self._draw_page.canvas.set_pen_width(value)
        elif key == "stabiliser":
            self._draw_page.canvas.set_stabiliser(value)
        elif key == "pen_only":
            self._draw_page.canvas.set_pen_only(value)
        elif key == "draw_by_moving":
            self._draw_page.canvas.set_draws_by_moving(value)
        elif key == "guides":
            self._draw_page.canvas.set_guides(value)
            self._window.paper_menu.show_guides(value)
        elif key == "show_readings":
            self._draw_page.labels.set_on(value)
        elif key == "left_handed":
            self._draw_page.set_left_handed(value)
        elif key == "erase_parts":
            self._window.actions_.erase_parts.setChecked(value)
        elif key == "live_reading":
            self._draw_page.set_live(value)
        elif key == "recent_pictures":
            self._window.recent.set_recent(value)
        elif key == "last_folder":
            self._window.set_folder(value)
        elif key == "window_geometry" and not value:  # Settings were reset.
            self._window.resize(FIRST_SIZE.boundedTo(self._window.screen().availableSize() - FRAME))

    @Slot(str)
    def _on_page_shown(self, name: str) -> None:
        if name in PAGES:
            self._settings.set_value("page", name)

    @Slot(str)
    def _on_theme_chosen(self, theme: str) -> None:
        self._settings.set_value("theme", theme)

    @Slot(str)
    def _on_guides_chosen(self, guides: str) -> None:
        self._settings.set_value("guides", guides)

    @Slot(Path)
    def _on_recent_gone(self, path: Path) -> None:
        known = self._settings.value("recent_pictures")
        self._settings.set_value("recent_pictures", [one for one in known if Path(one) != path])
        self._window.say(
            f"“{path.name}” is in {path.parent} no more and is not listed any longer: open it from"
            " where it is now."
        )

    @Slot()
    def _on_recent_cleared(self) -> None:
        self._settings.set_value("recent_pictures", [])

    @Slot(bool)
    def _on_live_toggled(self, live: bool) -> None:
        self._settings.set_value("live_reading", live)

    @Slot(bool)
    def _on_parts_toggled(self, parts: bool) -> None:
        self._settings.set_value("erase_parts", parts)

    @Slot()
    def _on_closed(self) -> None:
        self._settings.set_value("window_geometry", bytes(self._window.saveGeometry().data()))
