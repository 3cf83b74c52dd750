"""The picture service: opens pictures off the window's thread, one after the other."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, Qt, QThread, Signal, Slot

from handwrite_gui.domain.excerpt import WHOLE, Excerpt
from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.errors import PictureError

_log = logging.getLogger(__name__)


class PictureService(QObject):
    """Opens pictures on a worker thread, in the order in which they were asked for.

    One picture is in flight and the others wait here, so that what waits can be forgotten and a
    program that closes waits for one picture at most. The thread starts with the first picture.

    Signals:
        opened: A picture's key and the Picture, with its reduced pixels.
        failed: A picture's key and one sentence to the person.
        ink_found: The key of a file that is no picture, but ink.

    Thread:
        Lives in the window's; the worker in one of its own.
    """

    opened = Signal(int, object)
    failed = Signal(int, str)
    ink_found = Signal(int)

    _open_wanted = Signal(int, object, object, object, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[int, tuple[Path | bytes, str | None, Excerpt, int]] = {}
        self._is_free = True
        self._thread = QThread(self)
        self._thread.setObjectName("pictures")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        queued = Qt.ConnectionType.QueuedConnection
        self._open_wanted.connect(self._worker.open, queued)
        self._worker.opened.connect(self._on_opened, queued)
        self._worker.failed.connect(self._on_failed, queued)
        self._worker.ink_found.connect(self._on_ink_found, queued)

    def open(
        self,
        key: int,
        source: Path | bytes,
        name: str | None = None,
        excerpt: Excerpt = WHOLE,
        *,
        file_key: int | None = None,
        is_next: bool = False,
    ) -> None:
        """Open a picture, after those asked for before; it fails where it is another than before.

        Args:
            key: Comes back with the picture, or with what went wrong. Under the same key the same
                pixels are opened, however often.
            source: A file, or a file's bytes.
            name: What a person calls it; by default the file's name.
            excerpt: The page that is opened, and how it is turned and cropped.
            file_key: The key of what was opened first of the same file, which must not have changed
                since; by default the key.
            is_next: Whether it is opened before all that wait.
        """
        wanted = source, name, excerpt, key if file_key is None else file_key
        self._waiting = {key: wanted, **self._waiting} if is_next else self._waiting | {key: wanted}
        self._thread.start()
        self._send_next()

    def forget(self, key: int) -> None:
        """Drop a picture that waits, if it does; one in flight is still answered."""
        self._waiting.pop(key, None)

    def stop(self, timeout_ms: int | None = None) -> bool:
        """Drop what waits, finish the picture in flight and end the thread.

        Args:
            timeout_ms: Wait no longer than this; by default for as long as the picture takes.

        Returns:
            False where the picture in flight took longer: decoding cannot be stopped, and a
            program that is closing must then leave by `os._exit`.
        """
        self._waiting.clear()
        self._thread.quit()
        forever = QDeadlineTimer(QDeadlineTimer.ForeverConstant.Forever)
        return self._thread.wait(forever if timeout_ms is None else QDeadlineTimer(timeout_ms))

    def _send_next(self) -> None:
        if self._is_free and self._waiting:
            self._is_free = False
            key = next(iter(self._waiting))
            self._open_wanted.emit(key, *self._waiting.pop(key))

    @Slot(int, object)
    def _on_opened(self, key: int, picture: object) -> None:
        self._is_free = True
        self._send_next()
        self.opened.emit(key, picture)

    @Slot(int, str)
    def _on_failed(self, key: int, sentence: str) -> None:
        self._is_free = True
        self._send_next()
        self.failed.emit(key, sentence)

    @Slot(int)
    def _on_ink_found(self, key: int) -> None:
        self._is_free = True
        self._send_next()
        self.ink_found.emit(key)


class _Worker(QObject):
    """Opens one picture at a time.

    Thread:
        The pictures' thread.
    """

    opened = Signal(int, object)
    failed = Signal(int, str)
    ink_found = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        #: What each key showed, as `picture_id` names it, and how each file was at first.
        self._shown: dict[int, str] = {}
        self._stamps: dict[int, tuple[int, int] | None] = {}

    @Slot(int, object, object, object, int)
    def open(
        self, key: int, source: Path | bytes, name: str | None, excerpt: Excerpt, file_key: int
    ) -> None:
        try:
            # Imported only here: Pillow and OpenCV would cost the window's start.
            from handwrite_gui.imaging.cut_excerpt import cut_excerpt, reduce_picture
            from handwrite_gui.storage.kept_words import picture_id

            stamp = _stamp(source)
            has_changed = stamp != self._stamps.get(file_key, stamp)
            page = _open_page(source, name, excerpt.page, has_changed=has_changed)
            picture = cut_excerpt(page, excerpt)
            shown, first = picture_id(picture), self._stamps.setdefault(file_key, stamp)
            # A page that was there before may be the same one in a file that was written anew.
            if self._shown.get(key, shown) != shown or (key not in self._shown and stamp != first):
                raise PictureError(
                    f"“{picture.name}” has changed since it was opened: open it again."
                )
            self._shown[key] = shown
            picture = reduce_picture(picture)
        except PictureError as error:
            from handwrite_gui.storage.read_ink import holds_ink

            if isinstance(source, Path) and holds_ink(source):
                self.ink_found.emit(key)
            else:
                self.failed.emit(key, str(error))
        except Exception:  # The thread's edge: a bug must not leave the window waiting.
            called = name or (source.name if isinstance(source, Path) else "The pasted picture")
            _log.exception("%s could not be opened", called)
            self.failed.emit(
                key,
                f"“{called}” could not be opened because of a fault in Handwrite; "
                "the log says more (Help, About).",
            )
        else:
            self.opened.emit(key, picture)


def _open_page(source: Path | bytes, name: str | None, page: int, *, has_changed: bool) -> Picture:
    """As `open_picture`; of a file that has changed it says so where the page is gone."""
    from handwrite_gui.imaging.open_picture import open_picture, page_count

    try:
        return open_picture(source, name, page)
    except PictureError as error:
        if not has_changed or page < (count := page_count(source, name)):
            raise
        called = name or (source.name if isinstance(source, Path) else "The pasted picture")
        pages = "1 page" if count == 1 else f"{count} pages"
        raise PictureError(
            f"“{called}” has changed since it was opened and has only {pages} now: open it again."
        ) from error


def _stamp(source: Path | bytes) -> tuple[int, int] | None:
    """When a file was changed last, and its size; None where that cannot be told."""
    try:
        status = source.stat() if isinstance(source, Path) else None
    except OSError:  # Opening it says what is wrong.
        return None
    return (status.st_mtime_ns, status.st_size) if status else None
