"""The Pictures page before there is a picture: what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from handwrite_gui.widgets.icon_button import WordButton
from handwrite_gui.widgets.icons import icon
from handwrite_gui.widgets.theme import ICON_SIDE, SPACING, font


class EmptyPictures(QWidget):
    """Says how pictures come here.

    Signals:
        open_requested: A person wants to choose pictures.
        back_requested: A person wants the pictures back that were removed.
    """

    open_requested = Signal()
    back_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel("No pictures yet")
        heading.setFont(font("heading"))
        words = QLabel("Drop pictures here, paste one, or open some.")
        words.setWordWrap(True)
        button = WordButton(icon("open", on_accent=True), "Open pictures…")
        button.setProperty("accent", True)
        button.clicked.connect(self.open_requested)
        self.setFocusProxy(button)
        self._recent = QPushButton("Open recent")
        self._recent.setToolTip("Open a file again")
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * SPACING)
        layout.addStretch(1)
        layout.addWidget(_Image(), alignment=Qt.AlignmentFlag.AlignHCenter)
        for widget in (heading, words):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(widget)
        self._back = WordButton(icon("undo"), "")
        self._back.setToolTip("Undo: show what was removed, with all that was read and said of it")
        self._back.clicked.connect(self.back_requested)
        self._back.hide()
        for each in (button, self._recent, self._back):
            layout.addWidget(each, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(2)

    def offer_back(self, count: int) -> None:
        """Offer so many pictures that were removed."""
        self._back.setText("Bring it back" if count == 1 else f"Bring {count} pictures back")
        self._back.setVisible(count > 0)

    def offer(self, recent: QMenu) -> None:
        """Let a person choose among the files that were opened lately."""
        self._recent.setMenu(recent)


class _Image(QWidget):
    """The page's icon, painted anew in every theme."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(2 * ICON_SIDE, 2 * ICON_SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        icon("pictures").paint(QPainter(self), self.rect())
