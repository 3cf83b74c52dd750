"""The help page: the guide, the keys as they are, and the card of the model that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtGui import (
    QFont,
    QResizeEvent,
    QShowEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QTextBrowser, QWidget

from handwrite_gui.paths import resources_dir
from handwrite_gui.widgets.accessibility import AccessibleRole
from handwrite_gui.widgets.help_contents import HelpContents
from handwrite_gui.widgets.theme import SPACING, colours, font

if TYPE_CHECKING:
    from handwrite_gui.recognition.model_files.card_text import Section

#: Where the guide wants the table of keys.
KEYS_MARK = "{keys}"
#: Lines longer than about this are tiring (Bringhurst, "The Elements of Typographic Style").
_LINE_CHARACTERS = 68
#: Shorter ones beside the contents are tiring as well.
_FEWEST_CHARACTERS = 40
#: Level of the headings that are among the contents.
_LISTED = 2
_LINE_HEIGHT_PERCENT = 130.0
_MARGIN_PX = 3 * SPACING


class HelpPage(QWidget):
    """One page that says what the program does.

    Thread:
        The window's.
    """

    ACCESSIBLE_ROLE: AccessibleRole = "Pane"

    def __init__(
        self,
        shortcuts: Callable[[], Sequence[tuple[str, str]]],
        model: Sequence[Section] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Make the page; the guide is read when it is first shown.

        Args:
            shortcuts: Tells what can be done and the key for it now, as they are to be shown.
            model: What is known of the model, from its card.
            parent: Owner of this widget.
        """
        super().__init__(parent)
        self._shortcuts, self._model = shortcuts, model
        self._browser = _Column(self)
        self._browser.setAccessibleName("Help")
        self.setFocusProxy(self._browser)
        self._contents = HelpContents()
        self._contents.chosen.connect(self._browser.go_to_heading)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._layout.addWidget(self._contents)
        self._layout.addWidget(self._browser, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the room there is."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the contents beside the text, or above it where that leaves no readable column."""
        column = self.fontMetrics().horizontalAdvance("n" * _FEWEST_CHARACTERS) + 2 * _MARGIN_PX
        is_above = self.width() < self._contents.sizeHint().width() + column
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(down if is_above else across)
        self._contents.stand(is_above=is_above)

    def showEvent(self, event: QShowEvent) -> None:
        """Set the guide, the first time."""
        if self._browser.document().isEmpty():
            self._set_guide()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and font."""
        changes = (QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange)
        if event.type() in changes:
            self.show_anew()
        super().changeEvent(event)

    @Slot()
    def show_anew(self) -> None:
        """Show the keys as they are now, and all else in the theme in force."""
        if not self._browser.document().isEmpty():
            position = self._browser.verticalScrollBar().value()
            self._set_guide()
            self._browser.verticalScrollBar().setValue(position)

    def _set_guide(self) -> None:
        file = resources_dir() / "guide.md"
        try:
            text = file.read_text(encoding="utf-8")
        except OSError as error:
            text = f"The guide {file} cannot be read ({error.strerror}): install Handwrite again."
        document = self._browser.document()
        document.setMarkdown(text)
        # As one change: laid out after each of a thousand, it would take seconds.
        changes = QTextCursor(document)
        changes.beginEditBlock()
        self._insert_keys(document)
        self._append_model(document)
        _typeset(document)
        changes.endEditBlock()
        self._contents.show_headings(heading.text() for heading in _headings(document))
        self._arrange()

    def _insert_keys(self, document: QTextDocument) -> None:
        cursor = document.find(KEYS_MARK)
        if cursor.isNull():
            return
        cursor.removeSelectedText()
        shortcuts = self._shortcuts()
        table = cursor.insertTable(len(shortcuts) + 1, 2)
        for row, texts in enumerate([("To do this", "Press"), *shortcuts]):
            for column, text in enumerate(texts):
                letters = QTextCharFormat()
                letters.setFontWeight(QFont.Weight.Bold if row == 0 else QFont.Weight.Normal)
                table.cellAt(row, column).firstCursorPosition().insertText(text, letters)

    def _append_model(self, document: QTextDocument) -> None:
        """Tell of the model as plain text: it may come from anywhere, and its card with it."""
        cursor = QTextCursor(document)
        cursor.movePosition(QTextCursor.MoveOperation.End)
        heading, title, strong = QTextBlockFormat(), QTextBlockFormat(), QTextCharFormat()
        heading.setHeadingLevel(2)
        title.setTopMargin(2 * SPACING)
        strong.setFont(font("strong"))
        if self._model:
            cursor.insertBlock(heading, QTextCharFormat())
            cursor.insertText("About the model")
        for section in self._model:
            if section.title:
                cursor.insertBlock(title, strong)
                cursor.insertText(section.title)
            for level, line in section.lines:
                indented = QTextBlockFormat()
                indented.setIndent(level + 1 if section.title else 0)
                cursor.insertBlock(indented, QTextCharFormat())
                cursor.insertText(line)


class _Column(QTextBrowser):
    """Text in a column of readable width, on the page's own ground."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        # The viewport has all the width: beside it the wheel would do nothing.
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)

    def resizeEvent(self, event: QResizeEvent) -> None:
        column = self.fontMetrics().horizontalAdvance("n" * _LINE_CHARACTERS)
        width = min(column + 2 * _MARGIN_PX, self.viewport().width())
        self.setLineWrapColumnOrWidth(width)
        super().resizeEvent(event)

    @Slot(int)
    def go_to_heading(self, nth: int) -> None:
        """Put one of the listed headings at the top, and go on reading there."""
        heading = next(islice(_headings(self.document()), nth, None))
        self.setTextCursor(QTextCursor(heading))
        top = self.document().documentLayout().blockBoundingRect(heading).top()
        self.verticalScrollBar().setValue(round(top) - 2 * SPACING)


def _headings(document: QTextDocument) -> Iterator[QTextBlock]:
    """The headings below the title, in order."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == _LISTED:
            yield block
        block = block.next()


def _typeset(document: QTextDocument) -> None:
    """Give the text the program's sizes and distances."""
    document.setDefaultFont(font("body"))
    document.setDocumentMargin(_MARGIN_PX)
    document.setIndentWidth(2 * SPACING)
    block = document.begin()
    while block.isValid():
        _space(block)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _rule(frame)


def _space(block: QTextBlock) -> None:
    cursor, spacing = QTextCursor(block), QTextBlockFormat()
    proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight
    spacing.setLineHeight(_LINE_HEIGHT_PERCENT, proportional.value)
    if block.blockFormat().headingLevel():
        letters = QTextCharFormat()
        letters.setFont(font("heading"))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(letters)
        spacing.setTopMargin(3 * SPACING)
        spacing.setBottomMargin(SPACING)
    elif block.textList() is not None or block.blockFormat().indent():
        spacing.setBottomMargin(SPACING / 2)
    elif cursor.currentTable() is None and not block.blockFormat().nonBreakableLines():
        spacing.setBottomMargin(SPACING)
    cursor.mergeBlockFormat(spacing)


def _rule(table: QTextTable) -> None:
    """Put a quiet line under each row and none beside the columns."""
    form = table.format()
    form.setTopMargin(SPACING)
    form.setBottomMargin(SPACING)
    form.setBorder(0)
    form.setBorderCollapse(True)
    form.setCellPadding(SPACING / 2)
    form.setCellSpacing(0)
    table.setFormat(form)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            ruled = cell.format().toTableCellFormat()
            ruled.setBottomBorder(1)
            ruled.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            ruled.setBottomBorderBrush(colours().border if row == 0 else colours().line)
            ruled.setRightPadding(3 * SPACING)
            cell.setFormat(ruled)
