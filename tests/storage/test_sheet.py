import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.storage.sheet import load_sheet


def save_sheet(path: Path, ink: Ink) -> None:
    """Writes a sheet as version 0.1.0 did."""
    lengths = [len(stroke.points) for stroke in ink.strokes]
    path.parent.mkdir(exist_ok=True)
    np.savez(
        path,
        points=np.concatenate([np.empty((0, 4)), *(stroke.points for stroke in ink.strokes)]),
        stroke_start=np.cumsum([0, *lengths]),
        pen_width=np.nan if ink.pen_width is None else ink.pen_width,
    )


def ink(pen_width: float | None = 6.5) -> Ink:
    rng = np.random.default_rng(3)
    return Ink(tuple(Stroke(rng.uniform(0, 1, (n, 4))) for n in (1, 30, 7)), 41, pen_width)


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "sheet.npz"


@pytest.mark.parametrize("pen_width", [6.5, None])
def test_ink_comes_back_as_it_was(sheet: Path, pen_width: float | None) -> None:
    save_sheet(sheet, ink(pen_width))
    loaded = load_sheet(sheet)
    assert loaded is not None
    assert loaded.pen_width == pen_width
    for before, after in zip(ink().strokes, loaded.strokes, strict=True):
        assert (before.points == after.points).all()


def test_blank_sheet_is_none(sheet: Path) -> None:
    assert load_sheet(sheet) is None
    save_sheet(sheet, Ink())
    assert sheet.exists()
    assert load_sheet(sheet) is None


def test_folder_is_no_sheet(tmp_path: Path) -> None:
    assert load_sheet(tmp_path) is None


@pytest.mark.parametrize("share", np.linspace(0, 0.99, 12))
def test_truncated_sheet_is_none(sheet: Path, share: float) -> None:
    save_sheet(sheet, ink())
    content = sheet.read_bytes()
    sheet.write_bytes(content[: int(len(content) * share)])
    assert load_sheet(sheet) is None


def test_random_bytes_are_none(sheet: Path) -> None:
    sheet.parent.mkdir()
    rng = np.random.default_rng(11)
    for start in (b"", b"PK\x03\x04", b"\x93NUMPY\x01\x00"):
        sheet.write_bytes(start + rng.bytes(500))
        assert load_sheet(sheet) is None


def test_changed_bytes_give_ink_or_none(sheet: Path) -> None:
    save_sheet(sheet, ink())
    content = np.frombuffer(sheet.read_bytes(), np.uint8)
    rng = np.random.default_rng(7)
    refused = 0
    for _ in range(300):
        changed = content.copy()
        changed[rng.integers(len(content), size=3)] = rng.integers(256, size=3)
        sheet.write_bytes(changed.tobytes())
        loaded = load_sheet(sheet)
        refused += loaded is None
        assert loaded is None or all(np.isfinite(stroke.points).all() for stroke in loaded.strokes)
    assert refused > 250, "the archive's checksums find nearly all"


def write(path: Path, **changed: Any) -> None:
    """Write a sheet some of whose arrays are others; None leaves one out."""
    arrays = {"points": np.zeros((4, 4)), "stroke_start": np.array([0, 4]), "pen_width": 6.0}
    path.parent.mkdir(exist_ok=True)
    chosen = {key: value for key, value in (arrays | changed).items() if value is not None}
    np.savez(path, **chosen)


@pytest.mark.parametrize(
    "changed",
    [
        {"points": None},
        {"stroke_start": None},
        {"pen_width": None},
        {"points": np.zeros((4, 2))},
        {"points": np.zeros(4)},
        {"points": np.full((4, 4), np.nan)},
        {"points": np.array([["a"] * 4] * 4)},
        {"stroke_start": np.array(3)},
        {"stroke_start": np.array([0.0, 1.5, 4.0])},
        {"pen_width": np.zeros(2)},
    ],
    ids=str,
)
def test_sheet_with_other_arrays_is_none(sheet: Path, changed: dict[str, Any]) -> None:
    write(sheet)
    assert load_sheet(sheet) is not None
    write(sheet, **changed)
    assert load_sheet(sheet) is None


@pytest.mark.parametrize("pen_width", [np.inf, -1.0, 0.0])
def test_pen_of_an_impossible_width_is_unknown(sheet: Path, pen_width: float) -> None:
    write(sheet, pen_width=pen_width)
    loaded = load_sheet(sheet)
    assert loaded is not None
    assert loaded.pen_width is None


class Bomb:
    """Leaves a file behind where somebody unpickles it."""

    def __init__(self, trace: Path) -> None:
        self._trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self._trace,)


def test_pickles_are_not_run(sheet: Path, tmp_path: Path) -> None:
    trace = tmp_path / "unpickled"
    write(sheet, pen_width=np.array(Bomb(trace), object))
    assert load_sheet(sheet) is None
    np.save(sheet.with_suffix(".npy"), np.array([Bomb(trace)], object), allow_pickle=True)
    assert load_sheet(sheet.with_suffix(".npy")) is None
    assert not trace.exists()


def test_archive_of_something_else_is_none(sheet: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("points.npy", b"no array")
    sheet.parent.mkdir()
    sheet.write_bytes(content.getvalue())
    assert load_sheet(sheet) is None
