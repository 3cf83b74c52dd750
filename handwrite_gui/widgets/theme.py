"""The theme: colours, fonts and distances, in a light and a dark form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.style_sheet import STYLE

#: Distances are multiples of this, in px.
SPACING = 8
#: Side of an icon, in px: the grid on which the icons are drawn.
ICON_SIDE = 24

FontRole = Literal["body", "strong", "heading", "answer"]
_HEADING_SCALE = 1.35
_ANSWER_SCALE = 8.0


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme. Each pair that meets has the contrast of WCAG 2.2, level AA.

    Attributes:
        window: Ground of pages and dialogs.
        nav: Ground of the navigation at the window's side.
        base: Ground of fields and lists.
        button: Ground of buttons.
        text: Text on the four grounds above.
        muted: Text of less weight on the same grounds.
        warning: Text that warns, on the same grounds.
        border: Outline of what can be used.
        line: Quiet line between things.
        selection: Ground of what is selected, and the frame of what has the focus.
        selected_text: Text on it.
        paper: Ground of canvas and digit image.
        ink: What was drawn, on paper.
        guide: Lines on paper to write on: seen, and far quieter than ink.
        paper_hint: Text on blank paper, and the frame of paper that has the focus.
        accent: The answer, its bar, and the main action's ground; nothing else.
        accent_text: Text on the accent.
        accent_hover: The main action under the pointer.
        bar: A probability's bar.
        bar_track: The room that a bar could fill.
        heat: Over paper, what would make an answer less sure; from ColorBrewer's PuOr, whose two
            ends every kind of colour vision tells apart.
        heat_against: Over paper, what would make it surer; its other end.
    """

    window: QColor
    nav: QColor
    base: QColor
    button: QColor
    text: QColor
    muted: QColor
    warning: QColor
    border: QColor
    line: QColor
    selection: QColor
    selected_text: QColor
    paper: QColor
    ink: QColor
    guide: QColor
    paper_hint: QColor
    accent: QColor
    accent_text: QColor
    accent_hover: QColor
    bar: QColor
    bar_track: QColor
    heat: QColor
    heat_against: QColor


LIGHT = Colours(
    window=QColor("#f3f1ec"),
    nav=QColor("#e8e5de"),
    base=QColor("#ffffff"),
    button=QColor("#fbfaf7"),
    text=QColor("#24262b"),
    muted=QColor("#5d5f66"),
    warning=QColor("#9a3b0c"),
    border=QColor("#7c7e84"),
    line=QColor("#d5d1c8"),
    selection=QColor("#4a5261"),
    selected_text=QColor("#ffffff"),
    paper=QColor("#fdfcf8"),
    ink=QColor("#1c1f26"),
    guide=QColor("#ccd5dc"),
    paper_hint=QColor("#6b6a66"),
    accent=QColor("#1d5fa6"),
    accent_text=QColor("#ffffff"),
    accent_hover=QColor("#174e89"),
    bar=QColor("#6f7279"),
    bar_track=QColor("#e2dfd7"),
    heat=QColor("#b35806"),
    heat_against=QColor("#542788"),
)
DARK = Colours(
    window=QColor("#232427"),
    nav=QColor("#1b1c1e"),
    base=QColor("#1d1e21"),
    button=QColor("#303136"),
    text=QColor("#e9e7e2"),
    muted=QColor("#aeaca6"),
    warning=QColor("#f0a868"),
    border=QColor("#85878d"),
    line=QColor("#3f4045"),
    selection=QColor("#657286"),
    selected_text=QColor("#ffffff"),
    paper=QColor("#dcd6c8"),
    ink=QColor("#1c1f26"),
    guide=QColor("#b3b5b3"),
    paper_hint=QColor("#5c5850"),
    accent=QColor("#86b8f2"),
    accent_text=QColor("#10233a"),
    accent_hover=QColor("#a3caf6"),
    bar=QColor("#8f9197"),
    bar_track=QColor("#3a3b40"),
    heat=QColor("#b35806"),
    heat_against=QColor("#542788"),
)

_OUTLINED = ("QAbstractSpinBox",)
_TICKED = ("QCheckBox", "QRadioButton")
#: Per cent by which Fusion darkens the window's colour to outline things (Qt 6, qfusionstyle.cpp).
_FUSION_DARKER = 140


class _Follower(QObject):
    """Keeps an application in its theme, also when the system changes its own.

    Thread:
        The window's.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.app = app
        self._shown: Colours | None = None
        app.styleHints().colorSchemeChanged.connect(self.show_theme)

    @Slot()
    def show_theme(self) -> None:
        """Show the colours that are in force, unless they are shown already."""
        if self._shown is not colours():
            self._shown = colours()
            self.app.setPalette(_palette(self._shown))
            for kind, palette in _special_palettes(self._shown):
                # PySide's stubs want bytes, which it then refuses (6.12).
                self.app.setPalette(palette, kind)  # type: ignore[arg-type]
            names = {name: getattr(self._shown, name).name() for name in Colours.__slots__}
            self.app.setStyleSheet(STYLE.format(**names))


_theme = "system"
_follower: _Follower | None = None


def apply_theme(app: QApplication, theme: str) -> None:
    """Show a theme in the whole application, now and until another is applied.

    Widgets that paint themselves get QEvent.PaletteChange, and ask `colours()` as they paint.

    Args:
        app: The application.
        theme: "light", "dark", or "system" for what the desktop says (light if it says nothing).
    """
    global _theme, _follower
    _theme = theme
    # Not looked up among the application's children: that makes a Python object of each.
    if _follower is None or _follower.app is not app:
        _follower = _Follower(app)
    # Title bars and the system's own dialogs follow, where the platform can do that.
    schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
    app.styleHints().setColorScheme(schemes.get(theme, Qt.ColorScheme.Unknown))
    _follower.show_theme()


def colours() -> Colours:
    """Return the colours in force. Ask at each painting: they change with the theme."""
    if _theme == "system":
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if _theme == "dark" else LIGHT


def font(role: FontRole) -> QFont:
    """Return the system's font for one of three sizes, all figures of the same width.

    Args:
        role: "body" and "strong" (bold) have the system's size, "heading" is larger, and "answer"
            is for a single digit.
    """
    return QFont(_made(role, QApplication.font().key()))


@lru_cache
def _made(role: FontRole, _: str) -> QFont:
    """Make a font once for each of the system's: its copies share what Qt finds out for it."""
    made = QFont(QApplication.font())
    made.setFeature(QFont.Tag("tnum"), 1)
    scale = {"heading": _HEADING_SCALE, "answer": _ANSWER_SCALE}.get(role, 1.0)
    if made.pointSizeF() > 0:
        made.setPointSizeF(made.pointSizeF() * scale)
    else:
        made.setPixelSize(round(made.pixelSize() * scale))
    if role in ("strong", "heading"):
        made.setWeight(QFont.Weight.DemiBold)
    return made


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.base),
        (role.AlternateBase, colours.nav),
        (role.Text, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Button, colours.button),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.warning),
        (role.ToolTipBase, colours.base),
        (role.ToolTipText, colours.text),
        (role.Light, colours.base),
        (role.Midlight, colours.button),
        (role.Mid, colours.line),
        (role.Dark, colours.border),
        (role.Shadow, colours.border),
        (role.Highlight, colours.selection),
        (role.HighlightedText, colours.selected_text),
        (role.Accent, colours.selection),
        (role.Link, colours.text),
        (role.LinkVisited, colours.text),
    ):
        palette.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, colours.bar)
    return palette


def _special_palettes(colours: Colours) -> Iterator[tuple[str, QPalette]]:
    """Palettes of kinds of widgets for which Fusion misuses a colour."""
    role = QPalette.ColorRole
    # It outlines in a darker shade of the window, which the dark theme hides. None of these paints
    # that ground, so a lighter one gives them an outline that can be seen.
    outlined = _palette(colours)
    outlined.setColor(role.Window, colours.border.lighter(_FUSION_DARKER))
    for kind in _OUTLINED:
        yield kind, outlined
    # Of what has the focus it outlines what can be ticked in this colour.
    ticked = QPalette(outlined)
    ticked.setColor(role.Highlight, colours.text)
    for kind in _TICKED:
        yield kind, ticked
    # It does not tell an icon that it lies on a menu's chosen row: the row must suit the icon.
    menu = _palette(colours)
    menu.setColor(role.Highlight, colours.bar_track)
    menu.setColor(role.HighlightedText, colours.text)
    for kind in ("QMenu", "QMenuBar"):
        yield kind, menu
