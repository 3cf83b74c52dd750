import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import SimpleNamespace

import pytest

from handwrite_gui import logs


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    logging.captureWarnings(False)
    for handler in root.handlers[:]:
        if handler not in handlers:
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


def test_log_takes_records_and_warnings(tmp_path: Path) -> None:
    file = logs.start(tmp_path / "new" / "log")
    assert file is not None
    logging.getLogger("handwrite_gui.test").info("seven %s", "\N{GRINNING FACE}")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(True)
        warnings.warn("old", stacklevel=1)
    written = file.read_text(encoding="utf-8")
    assert "handwrite_gui.test INFO seven \N{GRINNING FACE}" in written
    assert "UserWarning: old" in written


def test_log_without_a_folder_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("a file where the folder should be")
    assert logs.start(tmp_path / "log") is None
    logging.getLogger("handwrite_gui.test").error("goes nowhere, and no traceback is printed")


def test_large_log_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / logs.FILE_NAME).write_bytes(b"x" * (logs.LARGEST_BYTES + 1))
    file = logs.start(tmp_path)
    assert file is not None
    assert file.stat().st_size == 0
    assert (tmp_path / "handwrite.old.log").stat().st_size == logs.LARGEST_BYTES + 1


def test_bugs_on_every_thread_are_logged_and_reported(tmp_path: Path) -> None:
    file = logs.start(tmp_path)
    reported: list[str] = []
    logs.catch_bugs(reported.append)

    def fail() -> None:
        raise ValueError("on another thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    sys.excepthook(KeyError, KeyError("on this thread"), None)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(reported) == 2
    assert "in fail" in reported[0]
    assert "ValueError: on another thread" in reported[0]
    assert "KeyError: 'on this thread'" in reported[1]
    assert file is not None
    assert file.read_text().count("A bug:") == 2


class QtMsgType(Enum):
    QtWarningMsg = 1
    QtFatalMsg = 2


def test_qt_messages_are_logged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = logs.start(tmp_path)
    logs.log_qt_message(QtMsgType.QtWarningMsg, SimpleNamespace(category="qt.svg"), "100 % odd")
    assert capsys.readouterr().err == ""
    logs.log_qt_message(QtMsgType.QtFatalMsg, SimpleNamespace(category=None), "the end")
    assert capsys.readouterr().err == "the end\n"
    assert file is not None
    written = file.read_text()
    assert "qt.qt.svg WARNING 100 % odd" in written
    assert "qt.default CRITICAL the end" in written


NATIVE = """
import os, sys
from pathlib import Path
from handwrite_gui import logs
logs.start(Path(sys.argv[1]))
with logs.native_stderr_to_log():
    kept = sys.stderr
    os.write(2, b"native one\\n")
    with logs.native_stderr_to_log():
        os.write(2, b"native two\\n")
    os.write(2, b"native three\\n")
    print("python inside", file=sys.stderr)
os.write(2, b"native after\\n")
print("python after", file=sys.stderr)
print("kept by a log handler", file=kept)
"""


WITHOUT_STDERR = """
import sys
from pathlib import Path
from handwrite_gui import logs
assert sys.stderr is None
with logs.native_stderr_to_log():
    pass
logs.start(Path(sys.argv[1]))
with logs.native_stderr_to_log():
    pass
"""


def test_native_chatter_goes_to_the_log_and_python_to_the_terminal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NATIVE, str(tmp_path)], check=True, capture_output=True, text=True
    )
    assert done.stderr.splitlines() == [
        "python inside",
        "native after",
        "python after",
        "kept by a log handler",
    ]
    written = (tmp_path / logs.FILE_NAME).read_text()
    assert written.splitlines() == ["native one", "native two", "native three"]


@pytest.mark.skipif(os.name == "nt", reason="needs a shell that can close a stream")
def test_no_stderr_at_all_is_no_failure(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT_STDERR, str(tmp_path)]
    subprocess.run(["sh", "-c", '"$@" 2>&-', "sh", *command], check=True)
    assert (tmp_path / logs.FILE_NAME).is_file()


def test_without_a_log_native_chatter_is_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    with logs.native_stderr_to_log():
        os.write(2, b"native\n")
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"
