from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from handwrite_gui.widgets.draw.replay.player import SPEEDS, Player


class Clock:
    def __init__(self) -> None:
        self.now_s = 50.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def player(qapp: QApplication, clock: Clock) -> Iterator[Player]:
    player = Player(qapp, clock)
    player.load(1000.0)
    yield player
    player.pause()


def pass_time(qtbot: QtBot, player: Player, clock: Clock, passed_s: float) -> None:
    """Let time pass, and the next frame come."""
    clock.now_s += passed_s
    with qtbot.waitSignal(player.moved):
        pass


def test_it_waits_at_the_beginning(player: Player) -> None:
    assert player.moment_ms == 0
    assert not player.is_playing


@pytest.mark.parametrize("speed", SPEEDS)
def test_it_plays_at_any_speed(player: Player, clock: Clock, qtbot: QtBot, speed: float) -> None:
    player.set_speed(speed)
    player.play()
    pass_time(qtbot, player, clock, 0.0625)
    assert player.moment_ms == 62.5 * speed
    pass_time(qtbot, player, clock, 0.03125)
    assert player.moment_ms == 93.75 * speed


def test_speed_can_change_while_it_plays(player: Player, clock: Clock, qtbot: QtBot) -> None:
    player.play()
    pass_time(qtbot, player, clock, 0.125)
    player.change_speed(1)
    pass_time(qtbot, player, clock, 0.125)
    assert player.moment_ms == 375
    player.change_speed(-2)
    pass_time(qtbot, player, clock, 0.125)
    assert player.moment_ms == 437.5


def test_speeds_end(player: Player) -> None:
    told: list[float] = []
    player.speed_changed.connect(told.append)
    for _ in range(9):
        player.change_speed(1)
    assert told == [2, 4, 8]
    player.change_speed(-99)
    assert player.speed == 0.25


def test_it_stops_at_the_end_and_plays_again_from_the_beginning(
    player: Player, clock: Clock, qtbot: QtBot
) -> None:
    told: list[bool] = []
    player.playing_changed.connect(told.append)
    player.play()
    pass_time(qtbot, player, clock, 7.0)
    assert (player.moment_ms, player.is_playing, told) == (1000, False, [True, False])
    player.toggle()
    assert (player.moment_ms, player.is_playing) == (0, True)


def test_paused_it_stays_and_no_timer_runs(player: Player, clock: Clock, qtbot: QtBot) -> None:
    player.play()
    pass_time(qtbot, player, clock, 0.25)
    player.pause()
    assert not player.findChild(QTimer).isActive()
    clock.now_s += 60
    player.play()
    pass_time(qtbot, player, clock, 0.25)
    assert player.moment_ms == 500


def test_it_goes_on_from_where_it_is_put(player: Player, clock: Clock, qtbot: QtBot) -> None:
    player.play()
    clock.now_s += 0.5  # No frame has come yet.
    player.seek(700)
    pass_time(qtbot, player, clock, 0.125)
    assert player.moment_ms == 825


def test_there_is_nothing_beyond_its_ends(player: Player) -> None:
    player.seek(1e9)
    assert player.moment_ms == 1000
    player.seek(-5)
    assert player.moment_ms == 0


def test_a_dot_is_not_played(player: Player) -> None:
    player.load(0.0)
    player.toggle()
    assert not player.is_playing
