"""The keys dialog: which key starts which action, and another key for it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from handwrite_gui.widgets.actions import Actions, native
from handwrite_gui.widgets.key_choices import KeyChoices
from handwrite_gui.widgets.notice import Notice
from handwrite_gui.widgets.theme import SPACING

_NAME = Qt.ItemDataRole.UserRole
_NO_KEY = "–"


class KeysDialog(QDialog):
    """Lists the actions with their keys, and changes these at once.

    Thread:
        The window's.
    """

    def __init__(self, choices: KeyChoices, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._choices, self._actions = choices, actions
        self.setWindowTitle("Keys")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._find = QLineEdit(placeholderText="Find an action or a key", clearButtonEnabled=True)
        self._find.setAccessibleName("Find an action or a key")
        self._list = QTreeWidget()
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setHeaderLabels(["To do this", "Press"])
        self._list.setAccessibleName("Actions and their keys")
        self._edit = QKeySequenceEdit()
        self._edit.setMaximumSequenceLength(1)
        self._none = QPushButton("No key")
        self._reset = QPushButton("Reset")
        self._reset_all = QPushButton("Reset all…")
        self._close = QPushButton("Close")
        self._notice = Notice()
        self._lay_out()
        self._items = [QTreeWidgetItem([self._action(name).statusTip()]) for name in choices.names]
        for name, item in zip(choices.names, self._items, strict=True):
            item.setData(0, _NAME, name)
            item.setSizeHint(0, QSize(0, self.fontMetrics().lineSpacing() + SPACING))
        self._list.addTopLevelItems(self._items)
        self._list.setCurrentItem(self._items[0])
        self._show_keys()
        self._connect()

    def sizeHint(self) -> QSize:
        """Wide enough for most actions, and as high as the screen lets it be."""
        wanted = QSize(
            self.fontMetrics().averageCharWidth() * 96, self.fontMetrics().lineSpacing() * 40
        )
        return wanted.boundedTo(self.screen().availableSize() - QSize(8, 8) * SPACING)

    def _action(self, name: str) -> QAction:
        action: QAction = getattr(self._actions, name)
        return action

    @property
    def _current(self) -> str:
        item = self._list.currentItem()
        return str(item.data(0, _NAME)) if item is not None else ""

    # What a person does

    @Slot()
    def _on_pressed(self) -> None:
        """Take the key that was pressed, or say why not."""
        key, name = self._edit.keySequence(), self._current
        if not name or key.isEmpty() or key in self._choices.keys_of(name)[:1]:
            return
        refusal = self._choices.refusal(key)
        if refusal is None:
            self._choose(name, [key])
        else:
            self._show_current()
            self._notice.say(refusal)

    @Slot()
    def _on_none(self) -> None:
        self._choose(self._current, [])

    @Slot()
    def _on_reset(self) -> None:
        self._choose(self._current, self._choices.default_of(self._current))

    def _choose(self, name: str, keys: list[QKeySequence]) -> None:
        """Start an action with these keys; where another has one of them, ask first."""
        others = self._choices.others_with(name, keys)
        if not others:
            self._take(name, keys)
            return
        taken = [key for key in keys for other in others if key in self._choices.keys_of(other)]
        are = "is" if len(taken) == 1 else "are"
        whose = " and ".join(f"“{self._action(other).iconText()}”" for other in others)
        asked = f"{' and '.join(map(native, taken))} {are} the key of {whose}. Take it from there?"
        self._show_current()  # First: the field, as it loses the focus, tells of its key once more.
        self._ask(asked, "Take it").accepted.connect(lambda: self._take(name, keys))

    def _take(self, name: str, keys: list[QKeySequence]) -> None:
        self._choices.choose(name, keys)
        does = self._action(name).statusTip()
        pressed = " or ".join(map(native, keys))
        self._notice.say(f"{pressed}: {does}." if keys else f"No key: {does}.")

    @Slot()
    def _on_reset_all(self) -> None:
        box = self._ask("Give every action its first keys again?", "Reset")
        box.accepted.connect(self._choices.reset_all)

    def _ask(self, question: str, verb: str) -> QMessageBox:
        self._notice.clear()
        box = QMessageBox(QMessageBox.Icon.NoIcon, "Handwrite", question, parent=self)
        box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
        return box

    @Slot(str)
    def _on_find(self, text: str) -> None:
        wanted = text.casefold()
        for item in self._items:
            shown = f"{item.text(0)} {item.text(1)}".casefold()
            item.setHidden(wanted not in shown)
        seen = [item for item in self._items if not item.isHidden()]
        if not seen:
            self._list.setCurrentIndex(QModelIndex())
        elif self._list.currentItem() not in seen:
            self._list.setCurrentItem(seen[0])

    # What is shown

    @Slot()
    def _show_keys(self) -> None:
        """Show the keys as they are, whoever changed them."""
        for item in self._items:
            name = item.data(0, _NAME)
            keys = " or ".join(map(native, self._choices.keys_of(name)))
            item.setText(1, keys or _NO_KEY)
            spoken = f"{item.text(0)}: {keys or 'no key'}"
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        self._show_current()

    @Slot()
    def _show_current(self) -> None:
        name = self._current
        for widget in (self._edit, self._none, self._reset):
            widget.setEnabled(bool(name))
        if not name:
            self._edit.clear()
            return
        keys = self._choices.keys_of(name)
        self._edit.setKeySequence(keys[0] if keys else QKeySequence())
        self._edit.setAccessibleName(f"New key for: {self._action(name).statusTip()}")
        self._none.setEnabled(bool(keys))
        self._reset.setEnabled(not self._choices.is_default(name))

    # Building

    def _connect(self) -> None:
        self._actions.keys_changed.connect(self._show_keys)
        self._find.textChanged.connect(self._on_find)
        self._list.currentItemChanged.connect(self._show_current)
        self._list.itemActivated.connect(self._edit.setFocus)
        self._edit.editingFinished.connect(self._on_pressed)
        self._none.clicked.connect(self._on_none)
        self._reset.clicked.connect(self._on_reset)
        self._reset_all.clicked.connect(self._on_reset_all)
        self._close.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        self._list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._list.header().setStretchLastSection(False)
        # Enter must not press a button while keys are being chosen.
        for button in (self._none, self._reset, self._reset_all, self._close):
            button.setAutoDefault(False)
        self._none.setToolTip("Start this action with no key")
        self._reset.setToolTip("Give this action its first key again")
        self._reset_all.setToolTip("Give every action its first key again")
        label = QLabel("New key")
        label.setBuddy(self._edit)
        line, last = QHBoxLayout(), QHBoxLayout()
        for box in (line, last):
            box.setSpacing(SPACING)
        line.addWidget(label)
        line.addWidget(self._edit, 1)
        line.addWidget(self._none)
        line.addWidget(self._reset)
        last.addWidget(self._reset_all)
        last.addStretch()
        last.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, 2 * SPACING, 2 * SPACING, 2 * SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(self._find)
        layout.addWidget(self._list, 1)
        layout.addLayout(line)
        layout.addWidget(self._notice)
        layout.addLayout(last)
