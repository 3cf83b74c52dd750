"""The batch: many files read by several processes, told in order, with one set of networks.

Python lets one thread of a process compute at a time, and most of the work on a picture is not a
network's. So pictures are opened and what is in them is found in processes of their own; the
networks, which take seconds and hundreds of megabytes to load, stay here, and all ask them.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.reading.crew import Crew, Process
from handwrite_gui.reading.reader import Reader
from handwrite_gui.reading.reading_process import Says
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.recogniser import Recogniser, StripRecogniser

T = TypeVar("T")
R = TypeVar("R")

_log = logging.getLogger(__name__)
CORES = os.cpu_count() or 1
#: Two more than can compute, for some wait for answers; no more, for each holds a whole picture,
#: and the largest take a gigabyte.
PROCESSES = min(4, CORES + 2)
#: Files begun before the first of them is told, for each process.
AHEAD = 4


@dataclass(frozen=True, slots=True)
class Networks:
    """What this process has to read with.

    Attributes:
        recogniser: Reads single digits.
        strips: Gives what reads whole strips, or None where there is none.
    """

    recogniser: Recogniser
    strips: Callable[[], StripRecogniser | None] = lambda: None


@dataclass(eq=False, slots=True)
class _Job(Generic[T, R]):
    """An item, and its result once that is there."""

    item: T
    result: list[R] = field(default_factory=list)


class Batch(Generic[T, R]):
    """Does something with each of many items, and gives the results in the items' order.

    Args:
        do: Given a Reader and an item; called here or in another process. It raises nothing.
        then: Items that follow from a result, such as a document's other pages: they come next.
        lost: The result of an item whose process ended, as the system ends one for want of memory.
        networks: Are asked in the caller's thread.
    """

    def __init__(
        self,
        do: Callable[[Reader, T], R],
        then: Callable[[R], Iterable[T]],
        lost: Callable[[T], R],
        networks: Networks,
    ) -> None:
        self._do, self._then, self._lost, self._networks = do, then, lost, networks
        self._reader = Reader(networks.recogniser, networks.strips)
        self._crew = Crew(do)
        self._to_begin: deque[_Job[T, R]] = deque()
        self._under_way: dict[Process, _Job[T, R]] = {}
        self._asked: dict[Process, NDArray[np.float32]] = {}

    def results(self, items: Iterable[T]) -> Generator[R, None, None]:
        """Give the results, each as soon as it and all before it are there.

        Only a few are under way at a time, however many there are; where the caller stops
        listening, they are given up. The first is done here, for which the networks are loaded
        while the processes start; for one alone none is started.
        """
        rest = iter(items)
        first, second = list(islice(rest, 1)), list(islice(rest, 1))
        with self._crew:
            if second:
                self._crew.start(PROCESSES)
            for item in first:
                result = self._do(self._reader, item)
                yield result
                yield from self._shared(chain(self._then(result), second, rest))

    def _shared(self, items: Iterator[T]) -> Generator[R, None, None]:
        """Give the results of what is shared out."""
        waiting: deque[_Job[T, R]] = deque()
        while True:
            room = max(0, AHEAD * PROCESSES - len(waiting))
            new = [_Job[T, R](item) for item in islice(items, room)]
            waiting.extend(new)
            self._to_begin.extend(new)
            if not waiting:
                return
            self._crew.start(PROCESSES)
            while not waiting[0].result:
                self._go_on()
            (result,) = waiting.popleft().result
            follow = [_Job[T, R](item) for item in self._then(result)][::-1]
            waiting.extendleft(follow)
            self._to_begin.extendleft(follow)
            yield result

    def _go_on(self) -> None:
        """Share out what is to be begun, and answer whoever says something next."""
        for process in self._crew.processes:
            if process.number is not None and process not in self._under_way:
                self._begin(process)
        if not self._crew.processes:  # None can be started on this machine.
            job = self._to_begin.popleft()
            job.result.append(self._do(self._reader, job.item))
            return
        for process, said in self._crew.said():
            match said:
                case None:
                    self._give_up(process)
                case (Says.READY, number):
                    process.number = number
                case (Says.DONE, result):
                    self._under_way.pop(process).result.append(result)
                    self._begin(process)  # At once: the others may take long to answer.
                case (Says.LOG, record):
                    logging.getLogger(record.name).handle(record)
                case (Says.DIGITS, images):
                    self._asked[process] = images
                case (question, about):
                    process.send(self._answer(question, about))
        # While the others keep the processor busy, more may come to be asked about together.
        if self._asked and len(self._under_way) - len(self._asked) < CORES:
            self._tell_digits()

    def _begin(self, process: Process) -> None:
        """Hand the next item to a process that has none."""
        if self._to_begin and process.send(self._to_begin[0].item):
            self._under_way[process] = self._to_begin.popleft()

    def _give_up(self, process: Process) -> None:
        """Go on without a process that has ended, and without what it was about."""
        self._asked.pop(process, None)
        job = self._under_way.pop(process, None)
        if job is not None:
            job.result.append(self._lost(job.item))
        self._crew.replace(process)

    def _tell_digits(self) -> None:
        """Answer all who ask at once: a model takes little longer for a few images than for one."""
        asked, self._asked = self._asked, {}
        together = np.concatenate(list(asked.values()))
        said = _said_or_raised(lambda: self._networks.recogniser.predict(together))
        first = 0
        for process, images in asked.items():
            last = first + len(images)
            process.send(said if isinstance(said, Exception) else said[first:last])
            first = last

    def _answer(self, question: Says, about: Any) -> object:
        """Answer a question about strips, or raise it there."""
        if question is Says.HAS_STRIPS:
            return _said_or_raised(lambda: self._networks.strips() is not None)
        strips = self._networks.strips()
        assert strips is not None
        return _said_or_raised(lambda: strips.predict(*about))


def _said_or_raised(ask: Callable[[], Any]) -> Any:
    """What a network says or raises; an exception of its own may not be fit to be sent."""
    try:
        return ask()
    except RecognitionError as error:
        return error
    except Exception as error:
        _log.exception("A network could not answer")
        return RuntimeError(repr(error))
