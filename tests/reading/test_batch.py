import threading
import time
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui.reading.batch import AHEAD, SharedRecogniser, in_order


def test_results_come_in_order_whichever_is_done_first() -> None:
    def slow_when_even(number: int) -> int:
        time.sleep(0.01 * (number % 2 == 0))
        return 10 * number

    assert list(in_order(slow_when_even, range(9), threads=3)) == [10 * n for n in range(9)]


def test_only_a_few_are_taken_ahead() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = in_order(lambda number: number, numbers(), threads=2)
    assert next(results) == 0
    results.close()
    assert len(taken) <= 2 * AHEAD + 1


def test_what_follows_from_a_result_comes_next() -> None:
    def pages(number: int) -> list[int]:
        return [number + 1, number + 2] if number == 10 else []

    assert list(in_order(lambda number: number, [10, 20], pages, threads=2)) == [10, 11, 12, 20]


def test_what_is_raised_is_raised_in_its_turn() -> None:
    def fail_at_two(number: int) -> int:
        if number == 2:
            raise ValueError("two")
        return number

    results = in_order(fail_at_two, range(9), threads=3)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="two"):
        next(results)


class Counting:
    """Says of each image its first pixel, and remembers how many were asked at a time."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.may_begin = threading.Event()

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.may_begin.wait(10)
        self.asked.append(len(images))
        if (images[:, 0, 0] < 0).any():
            raise ValueError("no image")
        return np.repeat(images[:, 0, :1], 11, axis=1)


def images(*values: float) -> NDArray[np.float32]:
    return np.stack([np.full((28, 28), value, np.float32) for value in values])


def test_what_is_asked_meanwhile_is_computed_together() -> None:
    counting = Counting()
    shared = SharedRecogniser(counting)
    answers: dict[int, NDArray[np.float32]] = {}

    def ask(number: int) -> None:
        answers[number] = shared.predict(images(number, number + 0.5))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    while len(shared._waiting) < 5:
        time.sleep(0.001)
    counting.may_begin.set()
    for thread in threads:
        thread.join()
    assert sum(counting.asked) == 12
    assert len(counting.asked) == 2, "the first alone, and all others together"
    for number, answer in answers.items():
        assert answer[:, 0].tolist() == [number, number + 0.5]


def test_a_failure_is_only_for_whom_it_concerns() -> None:
    counting = Counting()
    shared = SharedRecogniser(counting)
    said: dict[int, object] = {}

    def ask(number: int) -> None:
        try:
            said[number] = shared.predict(images(number))[0, 0]
        except ValueError as error:
            said[number] = str(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in (-1, 1, 2)]
    for thread in threads:
        thread.start()
    while len(shared._waiting) < 2:
        time.sleep(0.001)
    counting.may_begin.set()
    for thread in threads:
        thread.join()
    assert said[-1] == "no image"
    assert [said[1], said[2]] in ([1, 2], ["no image", 2], [1, "no image"]), "the one that asked"
