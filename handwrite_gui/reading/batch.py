"""The batch: many files read on several threads, told in order, and asked of one model together."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.recognition.recogniser import Recogniser

T = TypeVar("T")
R = TypeVar("R")

#: Each thread holds a whole picture, and the largest take a gigabyte.
THREADS = min(4, 2 * (os.cpu_count() or 1))
#: Files begun before the first of them is told, for each thread.
AHEAD = 4


def in_order(
    do: Callable[[T], R],
    items: Iterable[T],
    then: Callable[[R], Iterable[T]] = lambda _: (),
    threads: int = THREADS,
) -> Generator[R, None, None]:
    """Do something with each item on several threads, and give the results in the items' order.

    Only a few are under way at a time, however many there are. Where the caller stops listening,
    those are finished and no more are begun.

    Args:
        do: Called in any thread. What it raises is raised here, in its item's turn.
        items: Taken one by one, in the caller's thread.
        then: Items that follow from a result, such as a document's other pages: they come next.
        threads: How many.
    """
    waiting: deque[Future[R]] = deque()
    rest = iter(items)
    with ThreadPoolExecutor(threads, thread_name_prefix="batch") as pool:
        try:
            while True:
                while len(waiting) < AHEAD * threads:
                    try:
                        item = next(rest)
                    except StopIteration:
                        break
                    waiting.append(pool.submit(do, item))
                if not waiting:
                    return
                result = waiting.popleft().result()
                waiting.extendleft(reversed([pool.submit(do, item) for item in then(result)]))
                yield result
        finally:
            for future in waiting:
                future.cancel()


@dataclass(eq=False, slots=True)
class _Request:
    images: NDArray[np.float32]
    answer: NDArray[np.float32] | None = None


class SharedRecogniser:
    """One Recogniser for many threads: what is asked while it computes, it computes together next.

    A model takes little longer for a few images than for one.
    """

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self._waiting: list[_Request] = []
        self._queue, self._computing = Lock(), Lock()

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return probabilities (n, 11) for digit images (n, 28, 28), from any thread."""
        request = _Request(images)
        with self._queue:
            self._waiting.append(request)
        with self._computing:
            # Whoever computed last has perhaps computed this one, too.
            if request.answer is None:
                self._compute(request)
        assert request.answer is not None
        return request.answer

    def _compute(self, request: _Request) -> None:
        with self._queue:
            others = [each for each in self._waiting if each is not request]
            self._waiting = []
        together = [request, *others]
        # Where this fails the others, who have no answer then, ask for themselves.
        answers = self._recogniser.predict(np.concatenate([each.images for each in together]))
        ends = np.cumsum([len(each.images) for each in together])[:-1]
        for each, answer in zip(together, np.split(answers, ends), strict=True):
            each.answer = answer
