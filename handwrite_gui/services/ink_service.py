"""The ink service: reads ink files off the window's thread, one after the other."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QThreadPool, Signal

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False, slots=True)
class InkRequest:
    """Ink that is wanted on the canvas.

    Attributes:
        source: A file, or what one would hold.
        picture: The same as a picture's bytes, for where the source holds no ink; or empty.
    """

    source: Path | bytes
    picture: bytes = b""


class InkService(QObject):
    """Reads ink in the order in which it was asked for.

    Signals:
        opened: An InkRequest and its InkFile.
        failed: An InkRequest and one sentence to the person.

    Thread:
        Lives in the window's; reads in one of its own.
    """

    opened = Signal(object, object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = QThreadPool(self)
        self._readers.setMaxThreadCount(1)

    def open(self, request: InkRequest) -> None:
        """Read ink, after that which was asked for before."""
        self._readers.start(lambda: self._read(request))

    def stop(self, timeout_ms: int) -> bool:
        """Drop what waits, and end; False where what is being read takes longer than that."""
        self._readers.clear()
        return self._readers.waitForDone(timeout_ms)

    def _read(self, request: InkRequest) -> None:
        # Imported only here: the window is to be seen at once.
        from handwrite_gui.storage.errors import StorageError
        from handwrite_gui.storage.read_ink import read_ink

        try:
            file = read_ink(request.source)
        except StorageError as error:
            self.failed.emit(request, str(error))
        except Exception:  # The thread's edge: a bug must not end the program.
            source = request.source
            called = f"“{source.name}”" if isinstance(source, Path) else "The copied ink"
            _log.exception("%s could not be opened", called)
            self.failed.emit(
                request,
                f"{called} could not be opened because of a fault in Handwrite; "
                "the log says more (Help, About).",
            )
        else:
            self.opened.emit(request, file)
