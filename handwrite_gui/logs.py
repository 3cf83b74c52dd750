"""One log for Python, Qt and TensorFlow: the file `handwrite.log` in the person's log folder.

A log that cannot be written is done without; nothing in here ever stops the program.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import TextIO

FILE_NAME = "handwrite.log"
#: A larger file is set aside at the next start, so that two of them are the most there is.
LARGEST_BYTES = 1_000_000

_FORMAT = "%(asctime)s %(process)d %(threadName)s %(name)s %(levelname)s %(message)s"
_QT_LEVELS = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.INFO,
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}
_log = logging.getLogger("handwrite_gui")
_redirected = threading.Lock()


class _LogFile(logging.FileHandler):
    """A log file whose own failures, such as a full disk, are nobody's business."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        pass


def start(folder: Path) -> Path | None:
    """Send everything that is logged, and Python's warnings, to the log file.

    Args:
        folder: Where the file lies; made if it is missing.

    Returns:
        The file, or None where it cannot be written: then nothing is logged.
    """
    handler: logging.Handler
    file: Path | None = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _set_aside(folder / FILE_NAME)
        handler = _LogFile(folder / FILE_NAME, encoding="utf-8", errors="backslashreplace")
    except OSError:
        # Without any handler Python would write warnings to stderr.
        handler, file = logging.NullHandler(), None
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.captureWarnings(True)
    return file


def catch_bugs(report: Callable[[str], None]) -> None:
    """Log every exception that nobody caught, on any thread, and report it.

    Args:
        report: Is given the traceback as text, on the thread on which the exception arose.
    """

    def caught(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _log.critical("A bug:\n%s", details)
        report(details)

    sys.excepthook = caught
    threading.excepthook = lambda args: caught(args.exc_type, args.exc_value, args.exc_traceback)


def log_qt_message(kind: Enum, context: object, message: str) -> None:
    """Log what Qt says; made for `qInstallMessageHandler`.

    A fatal message is also written to stderr, for Qt ends the program after it.
    """
    category = getattr(context, "category", None) or "default"
    logging.getLogger(f"qt.{category}").log(_QT_LEVELS.get(kind.name, logging.WARNING), message)
    if kind.name == "QtFatalMsg":
        print(message, file=sys.stderr)


@contextlib.contextmanager
def native_stderr_to_log() -> Iterator[None]:
    """Send to the log what C and C++ code writes to stderr, such as TensorFlow's chatter.

    Python's `sys.stderr` goes on reaching the terminal. Of several uses at a time, nested or on
    other threads, the first one counts and the others change nothing.
    """
    if not _redirected.acquire(blocking=False):
        yield
        return
    try:
        with contextlib.ExitStack() as undo:
            # No stderr at all (pythonw), or no file descriptor left: the chatter stays where it is.
            with contextlib.suppress(OSError):
                _redirect(undo)
            yield
    finally:
        _redirected.release()


def _redirect(undo: contextlib.ExitStack) -> None:
    terminal = os.dup(2)
    log = os.open(_open_file() or os.devnull, os.O_WRONLY | os.O_APPEND)
    undo.callback(os.close, log)
    python_stderr = sys.stderr
    if _writes_to_stderr(python_stderr):
        python_stderr.flush()
        sys.stderr = open(  # noqa: SIM115
            terminal, "w", 1, python_stderr.encoding, "backslashreplace", closefd=False
        )
        # `terminal` stays open for good: a log handler made meanwhile may keep this stream.
        undo.callback(setattr, sys, "stderr", python_stderr)
    else:
        undo.callback(os.close, terminal)
    os.dup2(log, 2)
    undo.callback(os.dup2, terminal, 2)


def _writes_to_stderr(stream: TextIO | None) -> bool:
    """Whether a stream ends in file descriptor 2: pythonw has no stream, a test a substitute."""
    try:
        return stream is not None and stream.fileno() == 2
    except (OSError, ValueError):
        return False


def _open_file() -> str | None:
    """Path of the log file in use, or None."""
    files = [h.baseFilename for h in logging.getLogger().handlers if isinstance(h, _LogFile)]
    return files[-1] if files else None


def _set_aside(file: Path) -> None:
    # On Windows this fails while another Handwrite runs; then the file grows until the next start.
    with contextlib.suppress(OSError):
        if file.stat().st_size > LARGEST_BYTES:
            file.replace(file.with_suffix(".old.log"))
