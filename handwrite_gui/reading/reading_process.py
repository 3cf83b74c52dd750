"""The reading process: reads one file after the other, and asks the first process's networks.

Its networks are the ends of a pipe. What it asks and what it has read go the same way.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import signal
from collections import deque
from collections.abc import Callable, Sequence
from enum import Enum, auto
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.reading.reader import Reader


class Hears(Enum):
    """What a reading process hears, each with one thing more."""

    #: An item, also while another is done.
    ITEM = auto()
    #: The answer to what it has asked, or the exception to be raised there.
    ANSWER = auto()


class Says(Enum):
    """What a reading process says, each with one thing more."""

    #: It has started; its number among the system's processes.
    READY = auto()
    #: What are these digit images, (n, 28, 28)?
    DIGITS = auto()
    #: What are these strips? The arguments of `StripRecogniser.predict`.
    STRIPS = auto()
    #: Is there a network for strips? None.
    HAS_STRIPS = auto()
    #: What is to be put into the log, a LogRecord.
    LOG = auto()
    #: What came of the item.
    DONE = auto()


def work(connections: list[Connection], do: Callable[[Reader, Any], Any]) -> None:
    """Do something with each item that comes, until no more can come.

    Args:
        connections: To the process that has the networks, one for each process that is to work:
            this one and copies of it.
        do: Given a Reader and an item. It raises nothing.
    """
    # The first process decides what Ctrl+C ends; its end closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever reads the first one's output is not to wait for this one.
    with contextlib.suppress(OSError), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    import cv2

    cv2.setNumThreads(1)  # The processes share the processor by themselves.
    connection = _one_each(connections)
    logging.getLogger().addHandler(_Log(connection))
    logging.getLogger().setLevel(logging.INFO)
    logging.captureWarnings(True)
    asked = _Asked(connection)
    reader = Reader(asked, asked.strips_if_any)
    try:
        connection.send((Says.READY, os.getpid()))
        while True:
            connection.send((Says.DONE, do(reader, asked.next_item())))
    except (EOFError, OSError, _Gone):
        return


def _one_each(connections: list[Connection]) -> Connection:
    """Copy this process, with all that it has imported, for each connection but the first."""
    # What garbage collection never looks at stays shared between the copies.
    gc.freeze()
    mine = connections[0]
    with contextlib.suppress(OSError):  # The ends of those that there is no room for are closed.
        for other in connections[1:]:
            if os.fork() == 0:
                mine = other
                break
    for other in connections:
        if other is not mine:
            other.close()
    return mine


class _Gone(BaseException):
    """The first process has ended: no fault of what is being done."""


class _Asked:
    """The first process, as far as a reading process has it: both networks, and what is to do."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._items: deque[Any] = deque()
        self._has_strips: bool | None = None

    def next_item(self) -> Any:
        """Return the next item, as soon as there is one."""
        if not self._items:
            self._items.append(self._hear(Hears.ITEM))
        return self._items.popleft()

    def predict(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """As `Recogniser.predict`."""
        answer: NDArray[np.float32] = self._ask(Says.DIGITS, images)
        return answer

    def strips_if_any(self) -> _AskedStrips | None:
        """Return the network for strips, or None where there is none."""
        if self._has_strips is None:
            self._has_strips = self._ask(Says.HAS_STRIPS, None)
        return _AskedStrips(self._ask) if self._has_strips else None

    def _ask(self, what: Says, about: object) -> Any:
        try:
            self._connection.send((what, about))
        except OSError as error:
            raise _Gone from error
        answer = self._hear(Hears.ANSWER)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _hear(self, wanted: Hears) -> Any:
        """Wait for something of a kind; items that come before it are kept."""
        while True:
            try:
                kind, what = self._connection.recv()
            except (EOFError, OSError) as error:
                raise _Gone from error
            if kind is wanted:
                return what
            self._items.append(what)


class _AskedStrips:
    """The network for strips, as far as a reading process has it."""

    def __init__(self, ask: Callable[[Says, object], Any]) -> None:
        self._ask = ask

    def predict(
        self, ink_maps: Sequence[NDArray[np.floating]], squeeze: float = 1.0
    ) -> list[NDArray[np.float32]]:
        """As `StripRecogniser.predict`."""
        logs: list[NDArray[np.float32]] = self._ask(Says.STRIPS, (ink_maps, squeeze))
        return logs


class _Log(QueueHandler):
    """Hands on what is to be logged: one process writes the file."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)  # type: ignore[arg-type]  # `enqueue` alone knows what it is.
        self._connection = connection

    def enqueue(self, record: logging.LogRecord) -> None:
        self._connection.send((Says.LOG, record))

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Let what nobody hears any more be."""
