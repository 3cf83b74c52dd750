import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from handwrite_gui.widgets.kept_keys import why_kept


@pytest.mark.parametrize(
    ("key", "said"),
    [
        *((str(digit), "say which digit it was") for digit in range(10)),
        ("Shift+1", "say which digit it was"),  # As it is typed on a French keyboard.
        ("Num+7", "say which digit it was"),
        ("Return", "reads the drawing"),
        ("Num+Enter", "reads the drawing"),
        ("Shift+Return", "reads the drawing"),
        ("Esc", "closes"),
        ("Tab", "goes from one thing to the next"),
        ("Shift+Backtab", "goes from one thing to the one before"),
        ("Space", "presses"),
        ("Del", "deletes"),
        ("Left", "goes on"),
        ("Shift+PgUp", "goes on"),
        ("Alt+F", "opens menus"),
        ("Alt+F4", "closes windows"),
        ("Ctrl+K, Ctrl+C", "press one"),
        ("Ctrl+Nonsense", "press one"),
        ("", "press one"),
    ],
)
def test_key_that_must_stay_is_refused_with_a_sentence(
    qapp: QApplication, key: str, said: str
) -> None:
    sentence = why_kept(QKeySequence(key))
    assert sentence is not None
    assert said in sentence
    assert sentence.endswith((": press another.", ": press another key.", ": press one."))


@pytest.mark.parametrize("key", ["Ctrl+1", "X", "F4", "Ctrl+Return", "Alt+1", "Ctrl+Alt+F", "?"])
def test_other_keys_are_free(qapp: QApplication, key: str) -> None:
    assert why_kept(QKeySequence(key)) is None
