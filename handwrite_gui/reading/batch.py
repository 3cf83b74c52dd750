"""The batch: many files read by several processes, told in order, with one set of networks.

Python lets one thread of a process compute at a time, and most of the work on a picture is not a
network's. So pictures are opened and what is in them is found in processes of their own; the
networks, which take seconds and hundreds of megabytes to load, stay here, and all ask them. Until
the processes are there, all is done here.
"""

from __future__ import annotations

import logging
import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Generic, TypeVar

from handwrite_gui.domain.reading import Reading
from handwrite_gui.reading.crew import Crew, Process
from handwrite_gui.reading.one_digit import FramedDigit, read_digits
from handwrite_gui.reading.reader import Reader
from handwrite_gui.reading.reading_process import Hears, Says
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.recogniser import Recogniser, StripRecogniser

T = TypeVar("T")
R = TypeVar("R")

_log = logging.getLogger(__name__)
CORES = os.cpu_count() or 1
#: One more than can compute, for one may wait for an answer; no more, for each holds a whole
#: picture, and the largest take a gigabyte.
PROCESSES = min(4, CORES + 1)
#: Items begun before the first of them is told, for each process.
AHEAD = 8
#: While a process does an item that takes no longer than this, the next lies ready for it; behind
#: a long one it would wait where others have nothing to do.
QUICK_S = 0.1
#: Digits of pictures that hold nothing else are read so many at once, or as many as came in this
#: time.
TOGETHER, LINGER_S = 8, 0.05


@dataclass(frozen=True, slots=True)
class Networks:
    """What this process has to read with.

    Attributes:
        recogniser: Reads single digits.
        strips: Gives what reads whole strips, or None where there is none.
    """

    recogniser: Recogniser
    strips: Callable[[], StripRecogniser | None] = lambda: None


@dataclass(frozen=True, eq=False, slots=True)
class Unread(Generic[R]):
    """What came of an item so far: a digit that is to be read with others.

    Attributes:
        digit: The only one of its picture.
        then: Gives the item's result, once what the digit reads as is known or why it is not.
    """

    digit: FramedDigit
    then: Callable[[Reading | Exception], R]


@dataclass(eq=False, slots=True)
class _Job(Generic[T, R]):
    """An item, whether it is begun, and its result once that is there."""

    item: T
    is_begun: bool = False
    result: list[R] = field(default_factory=list)


class Batch(Generic[T, R]):
    """Does something with each of many items, and gives the results in the items' order.

    Args:
        do: Given a Reader and an item, it gives the result, or what is still unread of it. Called
            here or in another process; it raises nothing.
        then: Items that follow from a result, such as a document's other pages: they come next.
        lost: The result of an item whose process ended, as the system ends one for want of memory.
        networks: Are asked in the caller's thread.
    """

    def __init__(
        self,
        do: Callable[[Reader, T], R | Unread[R]],
        then: Callable[[R], Iterable[T]],
        lost: Callable[[T], R],
        networks: Networks,
    ) -> None:
        self._do, self._then, self._lost, self._networks = do, then, lost, networks
        self._reader = Reader(networks.recogniser, networks.strips)
        self._crew = Crew(do)
        # Those that are not told yet, in the order in which they will be.
        self._waiting: deque[_Job[T, R]] = deque()
        self._is_quick_here = True
        self._under_way: defaultdict[Process, deque[_Job[T, R]]] = defaultdict(deque)
        self._unread: list[tuple[_Job[T, R], Unread[R]]] = []
        self._unread_since = 0.0

    def results(self, items: Iterable[T]) -> Generator[R, None, None]:
        """Give the results, each as soon as it and all before it are there.

        Only a few are under way at a time, however many there are; where the caller stops
        listening, they are given up. For one alone no process is started.
        """
        rest, waiting = iter(items), self._waiting
        with self._crew:
            while True:
                room = max(0, AHEAD * PROCESSES - len(waiting))
                waiting.extend(_Job[T, R](item) for item in islice(rest, room))
                if not waiting:
                    return
                if len(waiting) > 1:
                    self._crew.start(PROCESSES)
                while not waiting[0].result:
                    self._go_on()
                (result,) = waiting.popleft().result
                follow = [_Job[T, R](item) for item in self._then(result)]
                waiting.extendleft(reversed(follow))
                yield result

    def _go_on(self) -> None:
        """Share out what is to be begun, and hear what the processes say next."""
        ready = [process for process in self._crew.processes if process.number is not None]
        for count in (1, 2):
            for process in ready:
                self._begin(process, count)
        # They are starting, or none can be started here.
        if not ready and (self._is_quick_here or not self._crew.processes):
            self._do_here()
        busy = sum(len(jobs) > 0 for jobs in self._under_way.values())
        is_starting = len(ready) < len(self._crew.processes)
        patience = LINGER_S if self._unread else None
        if busy == 0 and (self._is_quick_here or not is_starting):
            patience = 0.0
        for process, said in self._crew.said(patience):
            self._hear(process, said)
        self._read_unread(busy)

    def _do_here(self) -> None:
        """Do an item in this process: a long one keeps the others waiting that start meanwhile."""
        job = self._next_job()
        if job is None:
            return
        job.is_begun, began = True, time.monotonic()
        self._take(job, self._do(self._reader, job.item))
        self._is_quick_here = time.monotonic() - began < QUICK_S

    def _hear(self, process: Process, said: tuple[Says, Any] | None) -> None:
        match said:
            case None:
                self._give_up(process)
            case (Says.READY, number):
                process.number = number
            case (Says.DONE, result):
                self._take(self._under_way[process].popleft(), result)
                process.has_done(time.monotonic(), QUICK_S)
                self._begin(process, 2)  # At once: the others may take long to answer.
            case (Says.LOG, record):
                logging.getLogger(record.name).handle(record)
            case (question, about):
                process.tell(Hears.ANSWER, self._answer(question, about))

    def _begin(self, process: Process, count: int) -> None:
        """Hand a process items until it has so many, or only one while it is not quick."""
        jobs = self._under_way[process]
        while len(jobs) < (count if process.is_quick else 1):
            job = self._next_job()
            if job is None or not process.tell(Hears.ITEM, job.item):
                return
            if not jobs:
                process.began = time.monotonic()
            job.is_begun = True
            jobs.append(job)

    def _next_job(self) -> _Job[T, R] | None:
        """The first that is not begun, unless it is too far ahead of what is told."""
        first = islice(self._waiting, AHEAD * PROCESSES)
        return next((job for job in first if not job.is_begun), None)

    def _take(self, job: _Job[T, R], result: R | Unread[R]) -> None:
        """Keep what came of an item."""
        if isinstance(result, Unread):
            if not self._unread:
                self._unread_since = time.monotonic()
            self._unread.append((job, result))
        else:
            job.result.append(result)

    def _give_up(self, process: Process) -> None:
        """Go on without a process that has ended, and without what it was about."""
        jobs = self._under_way.pop(process, None)
        if jobs:
            job = jobs.popleft()
            job.result.append(self._lost(job.item))
            for other in jobs:
                other.is_begun = False
        self._crew.replace(process)

    def _read_unread(self, busy: int) -> None:
        """Read all digits that wait for it at once, unless more may come soon.

        Args:
            busy: So many processes are; where one is not, nothing is gained by waiting.
        """
        is_long = time.monotonic() - self._unread_since >= LINGER_S
        may_wait = len(self._unread) < TOGETHER and not is_long
        if not self._unread or (may_wait and busy >= min(CORES, PROCESSES)):
            return
        unread, self._unread = self._unread, []
        digits = [each.digit for _, each in unread]
        said = _said_or_raised(lambda: read_digits(self._reader.predict, digits))
        readings = [said] * len(unread) if isinstance(said, Exception) else said
        for (job, each), reading in zip(unread, readings, strict=True):
            job.result.append(each.then(reading))

    def _answer(self, question: Says, about: Any) -> object:
        """Answer what a process asks the networks, or what is to be raised there."""
        if question is Says.DIGITS:
            return _said_or_raised(lambda: self._networks.recogniser.predict(about))
        strips = _said_or_raised(self._networks.strips)
        if question is Says.HAS_STRIPS:
            return strips if isinstance(strips, Exception) else strips is not None
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
