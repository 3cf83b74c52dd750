"""What a person said, of digits and of pictures, is kept, found again, and deleted."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.confirming import Word, confirmed
from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.picture import Picture
from handwrite_gui.domain.reading import Digit, Number
from handwrite_gui.services.keeper import Keeper

InkOf = Callable[..., Ink]
DigitOf = Callable[..., Digit]
Labels = Callable[[], list[int | None]]
NumberOf = Callable[..., Number]
PICTURE = Picture(np.full((20, 30, 3), 200, np.uint8), "a.png")
WORDS = (Word((1.0, 2.0, 3.0, 4.0), "2047", 1),)


@pytest.fixture
def number(digit: DigitOf) -> NumberOf:
    """Makes a Number of sevens, and what a person said of each."""

    def number(*said: int | None) -> Number:
        digits = tuple(replace(digit(1.0), said=each) for each in said)
        is_confirmed = None not in said
        return Number("7" * len(said), 0.5, (0, 0, 1, 1), digits, is_confirmed=is_confirmed)

    return number


@pytest.fixture
def kept(keeper: Keeper) -> Keeper:
    """The keeper, closed after it has kept the words of the picture."""
    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, WORDS)
    keeper.close()
    return keeper


@pytest.fixture
def again(kept: Keeper, tmp_path: Path) -> Iterator[Keeper]:
    """The keeper of the next start."""
    again = Keeper(tmp_path / "data")
    yield again
    again.close()


def full(_: int) -> None:
    raise OSError(28, "No space left on device")


def test_corrections_can_be_deleted(keeper: Keeper, tmp_path: Path, digit: DigitOf) -> None:
    keeper.keep_correction(digit(), 4)
    keeper.delete_corrections()
    keeper.close()
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_deleting_what_is_not_there_is_no_fault(keeper: Keeper, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(keeper.failed, wait=50):
        keeper.delete_corrections()
        keeper.close()


def test_correction_of_a_picture_has_no_strokes(
    keeper: Keeper, tmp_path: Path, ink: InkOf, digit: DigitOf
) -> None:
    keeper.keep_correction(digit(), 4)
    keeper.keep_correction(digit(0.5), 4, ink())
    keeper.close()
    lines = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    strokes = [json.loads(line)["strokes"] for line in lines]
    assert strokes[0] is None
    assert len(strokes[1]) == 1


def test_what_was_said_of_a_picture_is_there_when_it_is_opened_again(
    again: Keeper, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(again.words.found) as found:
        again.words.find(5, PICTURE)
    assert found.args == [5, WORDS]
    with qtbot.waitSignal(again.corrections_deleted):
        again.delete_corrections()
    with qtbot.assertNotEmitted(again.words.found):
        again.words.find(6, PICTURE)
        again.close()


def test_each_digit_of_a_number_is_a_correction_until_it_is_taken_back(
    keeper: Keeper, labels: Labels, number: NumberOf
) -> None:
    keeper.keep_said(number(4, 2), number(None, None))
    keeper.keep_said(number(None, None), number(4, 2))
    keeper.close()
    assert labels() == [4, 2, None, None]


def test_of_a_number_only_the_digits_that_were_said_are_corrections(
    keeper: Keeper, labels: Labels, number: NumberOf
) -> None:
    keeper.keep_said(number(None, 2), number(None, None))
    keeper.keep_said(number(None, None), number(None, 2))
    keeper.close()
    assert labels() == [2, None]


def test_digit_whose_ink_nobody_knows_is_no_correction(
    keeper: Keeper, tmp_path: Path, digit: DigitOf, number: NumberOf
) -> None:
    blank = Number("3", 1.0, (0, 0, 1, 1), (replace(digit(), said=3),), is_confirmed=True)
    keeper.keep_said(blank, number(None))
    keeper.close()
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_full_disk_is_said_once_for_all_that_a_person_said(
    keeper: Keeper, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, number: NumberOf
) -> None:
    monkeypatch.setattr(os, "fsync", full)
    said: list[str] = []
    keeper.failed.connect(said.append)
    keeper.words.find(0, PICTURE)
    for _ in range(3):
        keeper.words.keep(0, WORDS)
        keeper.keep_said(number(4), number(None))
    keeper.close()
    qtbot.waitUntil(lambda: bool(said))
    qtbot.wait(50)
    assert len(said) == 1
    assert said[0].startswith("Your correction could not be kept in ")


def test_what_is_said_in_a_box_leaves_what_was_said_outside_it(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    outside, inside = Word((1.0, 2.0, 3.0, 4.0), "2047"), Word((20.0, 10.0, 3.0, 4.0), "13")
    keeper.words.find(0, PICTURE)
    keeper.words.keep(0, [outside, inside])
    with qtbot.waitSignal(keeper.words.found) as found:
        keeper.words.find(1, PICTURE, (15.0, 5.0, 15.0, 15.0))
    assert found.args == [1, (inside,)]
    said = replace(inside, text="18")
    keeper.words.keep(1, [said])
    with qtbot.waitSignal(keeper.words.found) as found:
        keeper.words.find(2, PICTURE)
    assert found.args == [2, (outside, said)]


def test_digit_whose_ink_nobody_knows_any_more_is_taken_back(
    keeper: Keeper, labels: Labels, number: NumberOf
) -> None:
    read = number(None, None)
    keeper.keep_said(confirmed(read, "12"), read)
    keeper.keep_said(confirmed(read, "123"), confirmed(read, "12"))
    keeper.keep_said(confirmed(read, "13"), confirmed(read, "123"))
    keeper.keep_said(confirmed(read, "14"), confirmed(read, "13"))
    keeper.close()
    assert labels() == [1, 2, None, None, 1, 3, 1, 4]


def test_word_that_comes_before_what_was_kept_is_found_takes_nothing_away(
    again: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    new = Word((20.0, 10.0, 3.0, 4.0), "13")
    again.words.find(0, PICTURE)
    again.words.keep(0, [new])  # No event is handled: the window does not know the others yet.
    again.close()
    last = Keeper(tmp_path / "data")
    with qtbot.waitSignal(last.words.found) as found:
        last.words.find(0, PICTURE)
    assert found.args == [0, (*WORDS, new)]
    last.close()


def test_words_that_are_found_while_they_are_forgotten_are_not_told(
    again: Keeper, qtbot: QtBot
) -> None:
    with qtbot.assertNotEmitted(again.words.found, wait=50):
        again.words.find(0, PICTURE)
        again.delete_corrections()
        again.close()


def test_what_a_full_disk_did_not_take_is_replaced_by_the_next_word(
    kept: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        kept.words.keep(0, [Word((20.0, 10.0, 3.0, 4.0), "13")])
        kept.close()
    last = Word((20.0, 10.0, 3.0, 4.0), "18")
    kept.words.keep(0, [last])
    kept.close()
    again = Keeper(tmp_path / "data")
    with qtbot.waitSignal(again.words.found) as found:
        again.words.find(0, PICTURE)
    assert found.args == [0, (last,)]
    again.close()
