from functools import partial

import numpy as np

from handwrite_gui.domain.ink import Correction, Ink, Stroke
from handwrite_gui.domain.undo import STEPS, InkHistory


def strokes(count: int) -> tuple[Stroke, ...]:
    return tuple(Stroke.from_xy(np.array([[number, 0.0]])) for number in range(count))


def test_new_sheet_is_blank() -> None:
    history = InkHistory(8.0)
    assert history.ink.strokes == ()
    assert history.ink.pen_width == 8.0
    assert (history.can_undo, history.can_redo) == (False, False)


def test_undo_and_redo_go_stroke_by_stroke() -> None:
    history = InkHistory(8.0)
    one, two = strokes(1), strokes(2)
    history.put(one)
    history.put(two)
    assert history.undo().strokes is one
    assert history.undo().strokes == ()
    assert (history.can_undo, history.can_redo) == (False, True)
    assert history.redo().strokes is one
    assert history.redo().strokes is two
    assert (history.can_undo, history.can_redo) == (True, False)


def test_clearing_can_be_undone() -> None:
    history = InkHistory(8.0)
    drawn = history.put(strokes(3)).strokes
    history.put(())
    assert history.undo().strokes is drawn


def test_beyond_the_ends_nothing_changes() -> None:
    history = InkHistory(8.0)
    assert history.undo().strokes == ()
    drawn = history.put(strokes(1)).strokes
    assert history.redo().strokes is drawn
    assert history.ink.strokes is drawn


def test_what_was_undone_is_forgotten_by_the_next_stroke() -> None:
    history = InkHistory(8.0)
    history.put(strokes(1))
    history.undo()
    other = history.put(strokes(2)).strokes
    assert not history.can_redo
    assert history.redo().strokes is other
    assert history.undo().strokes == ()


def test_no_revision_comes_twice() -> None:
    history = InkHistory(8.0)
    rng = np.random.default_rng(1)
    shown: list[Ink] = [history.ink]
    for number in range(300):
        step = (history.undo, history.redo, partial(history.put, strokes(number % 7)))
        shown.append(step[rng.integers(3)]())
        assert history.ink is shown[-1]
    revisions = [ink.revision for ink in shown] + [history.next_revision()]
    assert revisions == sorted(set(revisions))


def test_pen_width_stays_until_it_is_changed() -> None:
    history = InkHistory(8.0)
    assert history.put(strokes(1)).pen_width == 8.0
    assert history.put(strokes(2), pen_width=3.0).pen_width == 3.0
    assert history.put(strokes(3)).pen_width == 3.0
    assert [history.undo().pen_width for _ in range(2)] == [3.0, 8.0]


def test_steps_are_limited() -> None:
    history = InkHistory(8.0)
    for number in range(STEPS + 50):
        history.put(strokes(number % 5 + 1))
    undone = 0
    while history.can_undo:
        history.undo()
        undone += 1
    assert undone == STEPS - 1
    assert history.ink.strokes, "the blank sheet is forgotten by then"


def test_what_is_amended_belongs_to_the_step_that_is_shown() -> None:
    history = InkHistory(8.0)
    drawn = history.put(strokes(2)).strokes
    first = history.put(strokes(1))
    second = history.amend(())
    assert history.ink is second
    assert second.revision > first.revision
    assert history.undo().strokes is drawn
    assert history.redo().strokes == ()
    assert not history.can_redo


def test_step_has_one_number_however_often_it_is_undone_and_redone() -> None:
    history = InkHistory(8.0)
    steps = [history.step]
    for count in (1, 2):
        history.put(strokes(count))
        steps.append(history.step)
    assert len(set(steps)) == 3
    history.undo()
    assert history.step == steps[1]
    history.undo()
    assert history.step == steps[0]
    history.redo()
    assert history.step == steps[1]
    history.put(strokes(5))
    assert history.step not in steps
    history.undo()
    assert history.step == steps[1]


def test_correction_is_undone_and_outlasts_other_steps() -> None:
    history = InkHistory(12.0)
    one, two, three = strokes(3)
    history.put((one,))
    said = (Correction((one,), 4),)
    history.put((one,), corrections=said)
    assert history.undo().corrections == ()
    assert history.redo().corrections == said
    assert history.put((one, two)).corrections == said
    assert history.amend((one, three)).corrections == said
