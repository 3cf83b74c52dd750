"""Key choices: which key starts which action, as a person wants it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence

from handwrite_gui.settings import Settings
from handwrite_gui.widgets.actions import Actions
from handwrite_gui.widgets.kept_keys import why_kept

_Keys = dict[str, list[QKeySequence]]
_SETTING = "keys"
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeyChoices(QObject):
    """Gives the actions the keys that the settings name, now and whenever they change.

    The settings keep only what differs from the defaults, as "undo=Ctrl+Z; F4"; "undo=" is an
    action without a key. What is no action and no key there is ignored. A key that is chosen for an
    action is taken from the one that has it by default, and goes back when it is chosen no more.

    Thread:
        The window's.
    """

    def __init__(self, settings: Settings, actions: Actions) -> None:
        super().__init__(actions)
        self._settings, self._actions = settings, actions
        self._defaults = actions.default_keys()
        settings.changed.connect(self._on_changed)
        if settings.value(_SETTING):
            self._apply()

    @property
    def names(self) -> list[str]:
        """The names of all actions, in the order of their table."""
        return list(self._defaults)

    def keys_of(self, name: str) -> list[QKeySequence]:
        """The keys that start an action now."""
        return self._in_force()[name]

    def default_of(self, name: str) -> list[QKeySequence]:
        """The keys that an action has until others are chosen."""
        return list(self._defaults[name])

    def is_default(self, name: str) -> bool:
        """Whether an action has the keys that it has by default."""
        return self.keys_of(name) == self._defaults[name]

    def refusal(self, key: QKeySequence) -> str | None:
        """Return why a key can start no action, as a sentence to the person, or None if it can."""
        is_default = any(key in keys for keys in self._defaults.values())
        return None if is_default else why_kept(key)

    def others_with(self, name: str, keys: Iterable[QKeySequence]) -> list[str]:
        """The names of the other actions that have one of these keys now."""
        wanted = set(keys)
        in_force = self._in_force().items()
        return [other for other, its in in_force if other != name and wanted.intersection(its)]

    def choose(self, name: str, keys: Sequence[QKeySequence]) -> None:
        """Start an action with these keys only, whoever has them now.

        Args:
            name: The action's name.
            keys: Keys that are not refused, or none.
        """
        chosen = self._chosen()
        for other, its in chosen.items():
            chosen[other] = [key for key in its if key not in keys]
        chosen[name] = list(keys)
        self._keep(chosen)

    def reset_all(self) -> None:
        """Give every action its default keys."""
        self._settings.set_value(_SETTING, [])

    def _keep(self, chosen: _Keys) -> None:
        self._settings.set_value(
            _SETTING,
            [
                f"{name}={QKeySequence.listToString(keys, _PORTABLE)}"
                for name, keys in chosen.items()
                if keys != self._defaults[name]
            ],
        )

    def _chosen(self) -> _Keys:
        """What the settings name, and can be used."""
        chosen: _Keys = {}
        taken: set[QKeySequence] = set()
        for entry in self._settings.value(_SETTING):
            name, separator, text = entry.partition("=")
            named = QKeySequence.listFromString(text, _PORTABLE) if text else []
            free = [
                key
                for key in dict.fromkeys(named)
                if self.refusal(key) is None and key not in taken
            ]
            # An action keeps its own keys where all that is named for it is rubbish.
            if separator and name in self._defaults and name not in chosen and (free or not text):
                chosen[name] = free
                taken.update(free)
        return chosen

    def _in_force(self) -> _Keys:
        chosen = self._chosen()
        taken = {key for keys in chosen.values() for key in keys}
        return {
            name: chosen[name] if name in chosen else [key for key in keys if key not in taken]
            for name, keys in self._defaults.items()
        }

    def _apply(self) -> None:
        self._actions.set_keys(self._in_force())

    @Slot(str)
    def _on_changed(self, key: str) -> None:
        if key == _SETTING:
            self._apply()
