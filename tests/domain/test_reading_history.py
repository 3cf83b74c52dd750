import numpy as np

from handwrite_gui.domain.confirming import Word
from handwrite_gui.domain.prediction import CLASSES, Prediction
from handwrite_gui.domain.reading import Digit, Number, Reading, Refusal
from handwrite_gui.domain.reading_history import STEPS, ReadingHistory

BOX = (0.0, 0.0, 10.0, 20.0)


def digit(best: int) -> Digit:
    return Digit(BOX, np.full((28, 28), 0.5, np.float32), Prediction(np.eye(CLASSES)[best]))


def reading(*texts: str) -> Reading:
    return Reading(
        tuple(
            Number(text, 0.6, (50.0 * place, 0, 10, 20), tuple(digit(int(each)) for each in text))
            for place, text in enumerate(texts)
        )
    )


def refusal() -> Reading:
    return Reading(refusal=Refusal.NO_DIGIT, refused=(digit(10),))


def test_what_a_person_says_is_undone_and_redone_step_by_step() -> None:
    history = ReadingHistory(reading("12", "34"))
    assert not history.can_undo
    history.confirm(0, "13")
    history.confirm(1, "35")
    assert history.reading.text == "13\t35"
    assert history.undo().text == "13\t34"
    assert [word.text for word in history.words] == ["13"]
    assert history.undo().text == "12\t34"
    assert history.words == ()
    assert not history.can_undo
    assert history.redo().text == "13\t34"
    history.confirm(1, "99")
    assert not history.can_redo
    assert history.reading.text == "13\t99"


def test_one_digit_is_put_right_undone_and_kept() -> None:
    history = ReadingHistory(reading("12", "34"))
    assert history.put_right(0, 1, 7).text == "17"
    assert not history.reading.numbers[0].is_confirmed
    assert history.words == (Word((0.0, 0, 10, 20), "17", 0, (1,)),)
    again = ReadingHistory(reading("12", "34"), history.words)
    assert [each.said for each in again.reading.numbers[0].digits] == [None, 7]
    read_on = history.read_on(reading("12", "34", "56"))
    assert [each.said for each in read_on.reading.numbers[0].digits] == [None, 7]
    assert read_on.undo().text == "12\t34\t56"
    history.put_right(0, 0, 1)
    assert history.reading.numbers[0].is_confirmed
    assert history.undo().text == "17\t34"
    assert history.undo().text == "12\t34"
    assert history.words == ()


def test_digits_that_a_typing_error_lost_come_back() -> None:
    history = ReadingHistory(reading("12"))
    assert not history.confirm(0, "123").digits[0].image.any()
    again = history.confirm(0, "13")
    assert [each.said for each in again.digits] == [1, 3]
    assert all(each.image.any() for each in again.digits)
    assert history.as_read[0].text == "12"


def test_what_was_said_before_stays() -> None:
    history = ReadingHistory(reading("12", "34"), [Word((0.0, 0, 10, 20), "17")])
    assert history.reading.text == "17\t34"
    assert history.reading.numbers[0].is_confirmed
    assert not history.can_undo
    assert history.as_read[0].text == "12"


def test_mark_that_was_refused_becomes_a_number() -> None:
    history = ReadingHistory(refusal())
    history.confirm(0, "4")
    assert history.reading.text == "4"
    assert history.reading.refused == ()
    assert history.reading.refusal is None
    assert history.undo().refusal is Refusal.NO_DIGIT
    again = ReadingHistory(refusal(), [Word(BOX, "4")])
    assert again.reading.text == "4"
    assert again.reading.refused == ()
    assert again.reading.numbers[0].digits[0].image.any()


def test_only_so_many_steps_are_kept() -> None:
    history = ReadingHistory(reading("1"))
    for _ in range(STEPS + 10):
        history.confirm(0, "2")
    undone = 0
    while history.can_undo:
        history.undo()
        undone += 1
    assert undone == STEPS - 1


def test_what_is_to_be_forgotten_is_shown_and_no_word_until_it_is_said_again() -> None:
    history = ReadingHistory(reading("12", "34"), (Word((0.0, 0.0, 10.0, 20.0), "19"),))
    history.confirm(1, "35")
    history.forget()
    assert history.reading.text == "19\t35"
    assert history.words == ()
    assert history.undo().text == "19\t34"
    assert history.words == ()
    history.confirm(0, "19")
    assert [word.text for word in history.words] == ["19"]


def test_what_was_said_of_a_part_is_said_of_the_whole_and_can_still_be_undone() -> None:
    history = ReadingHistory(reading("12", "34"))
    history.confirm(0, "13")
    history.confirm(1, "35")
    history.undo()
    whole = history.read_on(reading("12", "34", "56"))
    assert whole.reading.text == "13\t34\t56"
    assert whole.redo().text == "13\t35\t56"
    whole.undo()
    assert whole.undo().text == "12\t34\t56"
    assert not whole.can_undo


def test_what_was_said_where_nothing_is_read_any_more_stays() -> None:
    history = ReadingHistory(reading("12", "34"))
    history.confirm(1, "35")
    again = history.read_on(reading("12"))
    assert again.reading.text == "12\t35"


def test_what_was_taken_back_is_not_said_again_where_nothing_is_read_any_more() -> None:
    history = ReadingHistory(reading("12", "34"))
    history.confirm(0, "13")
    history.confirm(1, "35")
    history.undo()
    again = history.read_on(reading("12"))
    assert again.reading.text == "13"
    assert not again.can_redo


def test_many_steps_are_said_again_of_the_whole() -> None:
    history = ReadingHistory(reading("12", "34"))
    history.confirm(1, "35")
    for step in range(STEPS + 5):
        history.confirm(0, f"{10 + step % 7}")
    whole = history.read_on(reading("12", "34", "56"))
    assert whole.reading.text == f"{history.reading.text}\t56"
    for _ in range(STEPS):
        whole.undo()
    assert whole.reading.numbers[1].text == "35"


def test_what_was_forgotten_stays_so_when_more_is_read() -> None:
    history = ReadingHistory(reading("12", "34"))
    history.confirm(0, "13")
    history.forget()
    whole = history.read_on(reading("12", "34", "56"))
    assert whole.reading.text == "13\t34\t56"
    assert whole.words == ()
