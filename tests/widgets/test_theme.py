from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets import theme
from handwrite_gui.widgets.theme import DARK, LIGHT, Colours, apply_theme, colours, font

GROUNDS = ("window", "nav", "base", "button")
#: Text and ground, WCAG 2.2, 1.4.3: 4.5 to 1.
TEXTS = [
    *((text, ground) for text in ("text", "muted", "warning") for ground in GROUNDS),
    *(("accent", ground) for ground in ("window", "base")),
    ("text", "bar_track"),
    ("selected_text", "selection"),
    ("ink", "paper"),
    ("paper_hint", "paper"),
    ("accent_text", "accent"),
    ("accent_text", "accent_hover"),
    ("muted", "bar_track"),
]
#: What is seen and its ground, WCAG 2.2, 1.4.11: 3 to 1.
SHAPES = [
    *(("border", ground) for ground in GROUNDS),
    *(("selection", ground) for ground in ("window", "nav", "base")),
    *((bar, ground) for bar in ("bar", "accent") for ground in ("bar_track", "window")),
    # Bars and their frame under the pointer or with the focus.
    *((bar, "line") for bar in ("bar", "accent")),
    # The slider's knob on its groove, and a frame around the focus.
    ("button", "bar"),
    *(("text", ground) for ground in GROUNDS),
    *((heat, "paper") for heat in ("heat", "heat_against")),
]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio as WCAG 2.2 defines it, 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("form", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("seen", "ground", "least"),
    [*((*pair, 4.5) for pair in TEXTS), *((*pair, 3.0) for pair in SHAPES)],
)
def test_contrast(form: Colours, seen: str, ground: str, least: float) -> None:
    assert contrast(getattr(form, seen), getattr(form, ground)) >= least


@pytest.mark.parametrize("form", [LIGHT, DARK], ids=["light", "dark"])
def test_guides_are_seen_and_quieter_than_all_that_is_read(form: Colours) -> None:
    assert 1.3 <= contrast(form.guide, form.paper) <= 1.7
    assert contrast(form.ink, form.guide) >= 7.0
    assert contrast(form.paper_hint, form.guide) >= 3.0


def test_paper_is_light_in_both_themes() -> None:
    assert LIGHT.paper.lightnessF() > 0.95
    assert 0.7 < DARK.paper.lightnessF() < LIGHT.paper.lightnessF()
    assert DARK.ink.lightnessF() < 0.2


def test_accent_is_the_only_strong_colour() -> None:
    for form in (LIGHT, DARK):
        strong = {"accent", "accent_hover", "accent_text", "warning", "heat", "heat_against"}
        quiet = set(Colours.__slots__) - strong
        # Chroma as the spread of the three parts: grey has none.
        chroma = {
            name: max(getattr(form, name).getRgb()[:3]) - min(getattr(form, name).getRgb()[:3])
            for name in Colours.__slots__
        }
        assert max(chroma[name] for name in quiet) < 40 < chroma["accent"] / 2


@pytest.mark.parametrize(("name", "form"), [("light", LIGHT), ("dark", DARK)])
def test_theme_reaches_the_application(qapp: QApplication, name: str, form: Colours) -> None:
    apply_theme(qapp, name)
    assert colours() is form
    assert qapp.palette().color(QPalette.ColorRole.Window) == form.window
    assert qapp.palette().color(QPalette.ColorRole.Text) == form.text
    assert form.accent.name() in qapp.styleSheet()


def test_system_theme_follows_the_system(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = Qt.ColorScheme.Light
    hints = SimpleNamespace(colorScheme=lambda: says)
    monkeypatch.setattr(theme, "QGuiApplication", SimpleNamespace(styleHints=lambda: hints))
    apply_theme(qapp, "system")
    assert colours() is LIGHT
    says = Qt.ColorScheme.Dark
    qapp.styleHints().colorSchemeChanged.emit(says)
    assert colours() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == DARK.window
    says = Qt.ColorScheme.Unknown
    qapp.styleHints().colorSchemeChanged.emit(says)
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.window


def test_chosen_theme_stays_when_the_system_changes(qapp: QApplication) -> None:
    apply_theme(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.window


def test_widget_that_paints_itself_is_told_when_the_colours_are_new(
    qapp: QApplication, qtbot: QtBot
) -> None:
    class Painter(QWidget):
        seen: list[Colours]

        def changeEvent(self, event: QEvent) -> None:  # noqa: N802
            if event.type() == QEvent.Type.PaletteChange:
                self.seen.append(colours())
            super().changeEvent(event)

    widget = Painter()
    widget.seen = []
    qtbot.addWidget(widget)
    widget.show()
    apply_theme(qapp, "dark")
    assert widget.seen
    assert all(form is DARK for form in widget.seen)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("kind", [QCheckBox, QLineEdit, QPushButton])
def test_outlines_can_be_seen(
    qapp: QApplication, qtbot: QtBot, name: str, kind: type[QWidget]
) -> None:
    apply_theme(qapp, name)
    page = QWidget()
    widget = kind(page)
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    qtbot.addWidget(page)
    page.resize(120, 40)
    widget.setGeometry(4, 4, 100, 30)
    page.show()
    image = page.grab().toImage()
    row = [image.pixelColor(x, 19) for x in range(12)]
    assert max(contrast(colours().window, colour) for colour in row) >= 3.0


def test_main_action_has_the_accent(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton("Predict")
    button.setProperty("accent", True)
    qtbot.addWidget(button)
    button.show()
    image = button.grab().toImage()
    assert image.pixelColor(image.width() // 2, 4) == LIGHT.accent


def test_fonts_have_three_sizes(qapp: QApplication) -> None:
    body, strong, heading, answer = (font(r) for r in ("body", "strong", "heading", "answer"))
    assert body.pointSizeF() == strong.pointSizeF() == qapp.font().pointSizeF()
    assert body.pointSizeF() < heading.pointSizeF() < answer.pointSizeF() / 4
    assert strong.weight() > body.weight()
    assert QFont.Tag("tnum") in body.featureTags()
    widths = {QFontMetricsF(answer).horizontalAdvance(str(digit)) for digit in range(10)}
    assert len(widths) == 1


def test_fonts_follow_a_system_font_in_pixels(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = QFont(qapp.font())
    system.setPixelSize(20)
    monkeypatch.setattr(QApplication, "font", lambda: system)
    assert font("body").pixelSize() == 20
    assert font("answer").pixelSize() == 160
