"""The ten bars: how likely each digit is, in order, each where it always is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from handwrite_gui.domain.prediction import NO_DIGIT, Prediction, percent
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.theme import SPACING, colours, font

#: What the per cent are of.
OF_DIGIT = "Per cent of this digit"
_NO_ANSWER = "Probabilities: no answer yet"
_UNREAD = "Probabilities: not known, for no digit was read here"
_GO_ON = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)


class Bars(QWidget):
    """Ten bars for the digits 0 to 9; a click on one says that it is the right digit.

    The answer is marked by a triangle, bold type and the accent colour. Tab goes to one of them,
    that one at first; the arrows, Home and End go on to the others. A screen reader gets them all
    in the order of their probabilities.

    Args:
        parent: Owner of this widget.
        is_corrigible: Whether the bars can be clicked.

    Signals:
        chosen: The digit whose bar was clicked.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Grouping"
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, is_corrigible: bool = True) -> None:
        super().__init__(parent)
        self._is_corrigible = is_corrigible
        self._prediction: Prediction | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._bars = [_Bar(digit, is_corrigible) for digit in range(NO_DIGIT)]
        for bar in self._bars:
            layout.addWidget(bar)
            bar.clicked.connect(self._on_clicked)
        self._let_tab_go_to(self._bars[0])
        self.setAccessibleName(_NO_ANSWER)

    @property
    def in_order(self) -> str:
        """The probabilities as text, the largest first, "no digit" among them; empty for none.

        Those that are shown as nothing are told together: a long list tires the ear.
        """
        if self._prediction is None:
            return ""
        chances = self._prediction.probabilities
        told = []
        for kind in self._prediction.ranked():
            chance = percent(float(chances[kind]))
            if chance == percent(0.0):
                told.append(f"all others: {chance}")
                break
            told.append(f"{'no digit' if kind == NO_DIGIT else kind}: {chance}")
        return ", ".join(told)

    def show_prediction(self, prediction: Prediction | None, answer: int | None = None) -> None:
        """Show ten of a prediction's probabilities, or empty bars.

        Args:
            prediction: What the model says.
            answer: What is marked as the answer: a person may have said so, or the digit's
                neighbours; `NO_DIGIT` where it is a sign. By default the likeliest.
        """
        self._prediction = prediction
        best = None if prediction is None else prediction.digit
        marked = best if prediction is None or answer is None else answer
        for digit, bar in enumerate(self._bars):
            probability = None if prediction is None else float(prediction.probabilities[digit])
            rank = "the best" if digit == best else "the answer"
            bar.show_probability(probability, rank if digit == marked else "")
        name = f"Probabilities: {self.in_order}" if prediction else _NO_ANSWER
        if marked == NO_DIGIT:
            name, marked = f"{name}. The answer is a sign", None
        elif prediction is not None and marked != best:
            name += f". The answer is {marked}"
        self._show_name(name, marked)

    def show_unread(self, answer: int | None) -> None:
        """Show bars that can be clicked, without probabilities: no digit was looked for.

        Args:
            answer: What a person says it is, or None.
        """
        self._prediction = None
        for digit, bar in enumerate(self._bars):
            bar.show_probability(None, "the answer" if digit == answer else "", is_unread=True)
        self._show_name(_UNREAD if answer is None else f"{_UNREAD}. The answer is {answer}", answer)

    def _show_name(self, name: str, marked: int | None) -> None:
        if not any(bar.hasFocus() for bar in self._bars):
            self._let_tab_go_to(self._bars[marked or 0])
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from bar to bar."""
        now = next((n for n, bar in enumerate(self._bars) if bar.hasFocus()), 0)
        key, last = Qt.Key, len(self._bars) - 1
        steps = {key.Key_Up: now - 1, key.Key_Down: now + 1, key.Key_Home: 0, key.Key_End: last}
        to = steps.get(key(event.key()))
        if to is None:
            super().keyPressEvent(event)
            return
        bar = self._bars[min(max(to, 0), last)]
        self._let_tab_go_to(bar)
        bar.setFocus(Qt.FocusReason.TabFocusReason)

    def _let_tab_go_to(self, chosen: _Bar) -> None:
        for bar in self._bars:
            is_reached = self._is_corrigible and bar is chosen
            policy = Qt.FocusPolicy.TabFocus if is_reached else Qt.FocusPolicy.NoFocus
            if bar.focusPolicy() != policy:
                bar.setFocusPolicy(policy)

    def _on_clicked(self) -> None:
        bar = self.sender()
        if isinstance(bar, _Bar):
            self.chosen.emit(bar.digit)


class _Bar(QAbstractButton):
    """One digit, its bar and its probability."""

    def __init__(self, digit: int, is_corrigible: bool) -> None:
        super().__init__()
        self.digit = digit
        self._probability: float | None = None
        self._is_marked = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if is_corrigible:
            self.setToolTip(f"It was a {digit}\n{OF_DIGIT}")
            self.setAccessibleDescription(f"Press to say that it was a {digit}.")
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._measure()
        self.show_probability(None, "")

    def show_probability(
        self, probability: float | None, rank: str, *, is_unread: bool = False
    ) -> None:
        self._probability, self._is_marked = probability, bool(rank)
        self.setEnabled(probability is not None or is_unread)
        unknown = "not known" if is_unread else "no answer yet"
        text = unknown if probability is None else percent(probability)
        name = f"{self.digit}: {text}{rank and f', {rank}'}"
        # To most bars a move of the pen makes no difference that can be seen.
        if name != self.accessibleName():
            self.setAccessibleName(name)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The arrows would leave the bars.
        if event.key() in _GO_ON:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._measure()
        super().changeEvent(event)

    def _measure(self) -> None:
        """Measure what every painting needs, in plain type: bold type must move nothing."""
        self._plain, self._strong = font("body"), font("strong")
        advance = QFontMetrics(self._plain).horizontalAdvance
        self._widths = advance("▸ "), advance("0 "), advance("100.0 % ")

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance("0") * 30, metrics.height() + SPACING)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 20, self.sizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shades = colours()
        if self.isEnabled() and (self.underMouse() or self.hasFocus()):
            painter.setPen(shades.accent if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(shades.bar_track)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._strong if self._is_marked else self._plain)
        painter.setPen(shades.text if self.isEnabled() else shades.muted)
        mark, name, value = self._widths
        middle = Qt.AlignmentFlag.AlignVCenter
        if self._is_marked:
            painter.drawText(self.rect().adjusted(4, 0, 0, 0), middle, "▸")
        painter.drawText(self.rect().adjusted(4 + mark, 0, 0, 0), middle, str(self.digit))
        if self._probability is not None:
            painter.drawText(
                self.rect().adjusted(0, 0, -4, 0),
                middle | Qt.AlignmentFlag.AlignRight,
                percent(self._probability),
            )
        left = 4 + mark + name + 4
        length = max(self.width() - left - value - SPACING, 1)
        bar = QRectF(left, self.height() / 2 - 4, length, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shades.line if self.underMouse() or self.hasFocus() else shades.bar_track)
        painter.drawRoundedRect(bar, 4, 4)
        if self._probability is not None and self._probability >= 0.001:
            bar.setWidth(max(length * self._probability, 4.0))
            painter.setBrush(shades.accent if self._is_marked else shades.bar)
            painter.drawRoundedRect(bar, 4, 4)
        painter.end()
