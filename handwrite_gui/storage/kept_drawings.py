"""Kept drawings: the journals of programs that no longer run."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from handwrite_gui.domain.ink import Ink
from handwrite_gui.storage.file_lock import is_locked
from handwrite_gui.storage.journal import SUFFIX, Journal
from handwrite_gui.storage.journal_records import Kept, read_journal
from handwrite_gui.storage.sheet import load_sheet

_log = logging.getLogger(__name__)

OFFERED_SUFFIX = ".offered"
#: So many stay that were offered. Those that were not all stay; they are few, for each start that
#: may add one offers one.
MOST_OFFERED = 5
#: A blank journal younger than this may be one that another program is about to lock.
GRACE_S = 60.0


def kept_drawings(folder: Path) -> Iterator[tuple[Path, Kept]]:
    """Yield what was kept: first what was never offered, then what was, each newest first.

    What is blank is passed over, unless damage has made it so.

    Args:
        folder: Where the journals of all programs lie.
    """
    yield from _drawings(_newest_first(folder.glob(f"*{SUFFIX}")))
    yield from _drawings(_newest_first(folder.glob(f"*{OFFERED_SUFFIX}")))


def listed_drawings(folder: Path) -> list[tuple[Path, float]]:
    """Return all drawings that are kept, offered or not, the newest first.

    Those that were never offered are read, to leave out what is blank: there are few.

    Returns:
        Of each its file, and when it was drawn last, in seconds since 1970.
    """
    listed = []
    paths = *folder.glob(f"*{OFFERED_SUFFIX}"), *folder.glob(f"*{SUFFIX}")
    for path in _newest_first(paths):
        with contextlib.suppress(OSError):  # Another program has just deleted or taken it.
            is_there = was_offered(path) or not is_locked(path)
            if is_there and (was_offered(path) or read_journal(path).ink.strokes):
                listed.append((path, path.stat().st_mtime))
    return listed


def read_kept(path: Path) -> Ink:
    """Read a drawing, offered since or not; blank where it is gone or nothing of it is left."""
    for each in (path, path.with_suffix(OFFERED_SUFFIX)):
        with contextlib.suppress(OSError):
            return read_journal(each).ink
    return Ink()


def was_offered(path: Path) -> bool:
    """Whether a kept drawing was offered before."""
    return path.suffix == OFFERED_SUFFIX


def mark_offered(path: Path) -> None:
    """Remember that a drawing was offered, and delete the oldest of many such.

    Raises:
        OSError: The place cannot be written to.
    """
    if was_offered(path):
        return
    path.replace(path.with_suffix(OFFERED_SUFFIX))
    offered = _newest_first(path.parent.glob(f"*{OFFERED_SUFFIX}"))
    for old in offered[MOST_OFFERED:]:
        old.unlink(missing_ok=True)


def adopt_sheets(data: Path, folder: Path) -> None:
    """Turn the two files in which an older version kept drawings into journals.

    Raises:
        OSError: The place cannot be written to.
    """
    for sheet in (data / "sheet-last.npz", data / "sheet.npz"):
        ink = load_sheet(sheet)
        if ink is not None:
            journal = Journal(folder)
            journal.write([ink])
            journal.sync()
            journal.close()
        sheet.unlink(missing_ok=True)


def _drawings(paths: Iterable[Path]) -> Iterator[tuple[Path, Kept]]:
    for path in paths:
        try:
            if not was_offered(path) and is_locked(path):
                continue
            kept = read_journal(path)
            is_old = time.time() - path.stat().st_mtime > GRACE_S
        except OSError as error:  # Another program has just taken it, or it may not be read.
            _log.warning("%s cannot be read: %s", path, error)
            continue
        if kept.ink.strokes or (not kept.is_whole and not was_offered(path)):
            yield path, kept
        elif is_old and not was_offered(path):
            with contextlib.suppress(OSError):  # It is nothing, and may as well stay.
                path.unlink()


def _newest_first(paths: Iterable[Path]) -> list[Path]:
    def changed(path: Path) -> int:
        try:
            return path.stat().st_mtime_ns
        except OSError:
            return 0

    return sorted(paths, key=changed, reverse=True)
