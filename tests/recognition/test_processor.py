import platform
from pathlib import Path

import pytest

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.processor import check_processor, has_avx, has_bfloat16


def cpuinfo(tmp_path: Path, flags: str) -> Path:
    file = tmp_path / "cpuinfo"
    file.write_text(
        f"processor\t: 0\nmodel name\t: An AVX look-alike\nflags\t\t: {flags}\nbugs\t:\n"
    )
    return file


@pytest.fixture
def _linux_on_x86_64(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    monkeypatch.setattr("sys.platform", "linux")


@pytest.mark.usefixtures("_linux_on_x86_64")
def test_processor_without_avx_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match="no AVX"):
        check_processor(cpuinfo(tmp_path, "fpu sse sse2 ssse3 avx512_not_this"))


@pytest.mark.usefixtures("_linux_on_x86_64")
def test_processor_with_avx_passes(tmp_path: Path) -> None:
    file = cpuinfo(tmp_path, "fpu sse2 avx avx2")
    check_processor(file)
    assert has_avx(file) is True


@pytest.mark.usefixtures("_linux_on_x86_64")
def test_unknown_processor_is_given_a_chance(tmp_path: Path) -> None:
    check_processor(tmp_path / "missing")
    assert has_avx(tmp_path / "missing") is None


def test_processor_of_another_kind_needs_no_avx(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "aarch64")
    assert has_avx(cpuinfo(tmp_path, "fp asimd")) is None


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ("fpu avx avx2 avx512f avx512_bf16 amx_tile", True),
        ("fpu avx avx2 avx512f avx512_bf16_not_this amx_bf16", False),
        ("fpu avx", False),
        ("", False),
    ],
)
def test_bfloat16_is_used_where_the_processor_says_so(
    tmp_path: Path, flags: str, expected: bool
) -> None:
    assert has_bfloat16(cpuinfo(tmp_path, flags)) is expected


def test_bfloat16_is_not_used_where_nobody_knows(tmp_path: Path) -> None:
    assert has_bfloat16(tmp_path / "missing") is False
    assert has_bfloat16(tmp_path) is False
    (tmp_path / "arm").write_text("processor\t: 0\nFeatures\t: fp asimd bf16\n")
    assert has_bfloat16(tmp_path / "arm") is False
