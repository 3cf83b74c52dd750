"""The contents of Help: its headings as links, before the first of them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from handwrite_gui.widgets.theme import colours

#: Of headings that are listed; the title above them is of the first.
_LEVEL = 2


def headings(document: QTextDocument) -> Iterator[QTextBlock]:
    """The headings that are listed, in order."""
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel() == _LEVEL:
            yield block
        block = block.next()


def insert_contents(document: QTextDocument) -> None:
    """List the headings before the first one; the n-th, from 0, links to “#n”."""
    texts = [heading.text() for heading in headings(document)]
    first = next(headings(document), None)
    if first is None:
        return
    cursor = QTextCursor(first.previous())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    entry = QTextBlockFormat()
    entry.setIndent(1)
    for nth, text in enumerate(texts):
        cursor.insertBlock(entry, QTextCharFormat())
        cursor.insertText(text, _link(f"#{nth}"))


def _link(address: str) -> QTextCharFormat:
    link = QTextCharFormat()
    link.setAnchor(True)
    link.setAnchorHref(address)
    link.setForeground(colours().text)
    link.setFontUnderline(True)
    return link
