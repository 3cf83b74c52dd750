"""Drawings that other windows left behind are found and offered."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.storage.journal import Journal

InkOf = Callable[..., Ink]
Leave = Callable[[float], Path]


@pytest.fixture
def leave(tmp_path: Path, ink: InkOf) -> Leave:
    """Leaves a drawing behind, as a program does that ends; returns its file."""

    def leave(x: float) -> Path:
        folder = tmp_path / "data" / "journals"
        before = set(folder.glob("*"))
        journal = Journal(folder)
        journal.write([ink(x=x)])
        journal.close()
        (file,) = set(folder.glob("*")) - before
        return file

    return leave


def find(keeper: Keeper, qtbot: QtBot) -> float:
    """The x of what is found next, which is then marked as offered."""
    with qtbot.waitSignal(keeper.drawings.found) as signal:
        keeper.drawings.find()
    kept, path = signal.args
    keeper.drawings.mark_offered(path)
    return float(kept.strokes[0].xy[0, 0])


def test_two_windows_that_were_killed_are_both_found(
    keeper: Keeper, qtbot: QtBot, leave: Leave
) -> None:
    older = leave(1.0)
    os.utime(older, (0, 0))
    leave(2.0)
    assert find(keeper, qtbot) == 2.0
    assert find(keeper, qtbot) == 1.0
    with qtbot.assertNotEmitted(keeper.drawings.found, wait=50):
        keeper.drawings.find()
        keeper.close()


def test_what_was_offered_before_is_found_again_only_at_the_start(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot, leave: Leave
) -> None:
    leave(1.0)
    assert find(keeper, qtbot) == 1.0
    again = Keeper(tmp_path / "data")
    assert find(again, qtbot) == 1.0
    with qtbot.assertNotEmitted(again.drawings.found, wait=50):
        again.drawings.find()
        again.close()


def test_damage_is_said_and_what_is_left_is_found(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot, leave: Leave
) -> None:
    file = leave(1.0)
    with file.open("ab") as torn:
        torn.write(b"half a record")
    rubbish = leave(2.0)
    rubbish.write_bytes(b"rubbish")
    said: list[str] = []
    keeper.failed.connect(said.append)
    assert find(keeper, qtbot) == 1.0
    keeper.close()
    assert ["is damaged" in sentence for sentence in said] == [True, True]
    assert str(rubbish) in said[0]
    assert str(file) in said[1]
    again = Keeper(tmp_path / "data")
    with qtbot.assertNotEmitted(again.failed):
        assert find(again, qtbot) == 1.0
    again.close()
