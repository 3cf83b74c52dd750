"""The command line, in this process and in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.commands import command_line


@pytest.fixture
def run_command(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command with its words; returns its exit code, output and complaints."""

    def run_command(*words: object) -> tuple[int, str, str]:
        code = command_line.run([*map(str, words)])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def run_program(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command with its words as a program of its own."""

    def run_program(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "handwrite_gui", *map(str, words)],
            env={**os.environ, "HANDWRITE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    return run_program
