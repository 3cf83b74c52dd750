"""Ink that is no ordinary file, or may not be read: refused with one sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.parametrize("suffix", [".inkml", ".svg"])
Refusal = Callable[[Path], str]


def test_folder_and_missing_file(tmp_path: Path, refusal: Refusal, suffix: str) -> None:
    (tmp_path / f"folder{suffix}").mkdir()
    assert "is a folder" in refusal(tmp_path / f"folder{suffix}")
    assert "does not exist" in refusal(tmp_path / f"missing{suffix}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipe_is_not_waited_for(tmp_path: Path, refusal: Refusal, suffix: str) -> None:
    os.mkfifo(tmp_path / f"pipe{suffix}")
    assert "is not an ordinary file" in refusal(tmp_path / f"pipe{suffix}")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="may read anything")
def test_file_that_may_not_be_read(tmp_path: Path, refusal: Refusal, suffix: str) -> None:
    path = tmp_path / f"secret{suffix}"
    path.write_text("<ink/>")
    path.chmod(0)
    assert "may not be read" in refusal(path)
