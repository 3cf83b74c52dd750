"""`handwrite-gui read` as a program of its own that is stopped, killed, or not listened to."""

import csv
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui import paths
from handwrite_gui.commands import command_line

SEVEN = paths.resources_dir() / "samples" / "seven.png"


def start(tmp_path: Path, *words: str | Path, **streams: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "handwrite_gui", "read", *map(str, words)]
    environ = {**os.environ, "HANDWRITE_HOME": str(tmp_path)}
    return subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, **streams)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to the whole console")
def test_ctrl_c_keeps_the_table_so_far(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    command = ("--csv", table, *[SEVEN] * 20_000)
    with start(tmp_path, *command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        printed = 1 + process.stdout.read().count(b"\n")
        assert process.stderr.read() == b""
    assert process.returncode == command_line.INTERRUPTED
    assert len(list(csv.DictReader(table.open()))) == printed < 20_000


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_leaves_the_lines_so_far(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    command = ("--csv", table, *[SEVEN] * 20_000)
    with start(tmp_path, *command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline()
        process.kill()
    lines = (tmp_path / "t.csv.part").read_text().splitlines()
    assert lines[0].startswith('"path","number"')
    assert len(lines) >= 3
    assert not table.exists()


def test_reader_of_the_lines_may_leave_early(tmp_path: Path) -> None:
    """As in `handwrite-gui read … | head -1`."""
    missing = [tmp_path / f"{number}.png" for number in range(50)]
    with start(tmp_path, *missing, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with (
        open("/dev/full", "wb") as full,
        start(tmp_path, tmp_path / "missing.png", stdout=full.fileno()) as process,
    ):
        assert process.stderr is not None
        assert process.stderr.read().startswith(b"The output could not be written (")
    assert process.returncode == 1


def test_ctrl_c_is_as_before_afterwards(run_command: Callable[..., tuple[int, str, str]]) -> None:
    before = signal.getsignal(signal.SIGINT)
    run_command("read", "missing.png")
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl+C to the whole console")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    files = [tmp_path / "missing.png", *[SEVEN] * 2000]
    with start(tmp_path, *files, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        # The first line is out: the next thing is the import of TensorFlow.
        assert process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == command_line.INTERRUPTED
