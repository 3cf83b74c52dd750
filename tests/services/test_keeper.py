import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from handwrite_gui.domain.ink import Ink, Stroke
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.domain.reading import Digit
from handwrite_gui.services.keeper import Keeper
from handwrite_gui.storage import sheet
from handwrite_gui.storage.sheet import load_sheet


@pytest.fixture
def keeper(tmp_path: Path, qtbot: QtBot) -> Iterator[Keeper]:
    keeper = Keeper(tmp_path / "data" / "sheet.npz", tmp_path / "data" / "corrections.jsonl")
    yield keeper
    keeper.close()


def ink(x: float = 0.0) -> Ink:
    return Ink((Stroke.from_xy(np.array([[x, 0.0], [x + 30.0, 50.0]])),), 1, 12.0)


def digit(shade: float = 0.0) -> Digit:
    probabilities = np.full(11, 0.01)
    probabilities[7] = 0.9
    image = np.full((28, 28), shade, np.float32)
    return Digit((0, 0, 1, 1), image, Prediction(probabilities))


def kept_x(tmp_path: Path) -> float:
    kept = load_sheet(tmp_path / "data" / "sheet.npz")
    assert kept is not None
    return float(kept.strokes[0].xy[0, 0])


def labels(tmp_path: Path) -> list[int]:
    lines = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["label"] for line in lines]


def test_close_writes_everything_that_was_kept(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keep_sheet(ink(5.0))
    for said in range(10):
        keeper.keep_correction(digit(said / 10), said, ink())
    keeper.close()
    assert kept_x(tmp_path) == 5.0
    assert labels(tmp_path) == list(range(10))


def test_newest_sheet_is_kept_and_those_between_are_not_written(
    keeper: Keeper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_write, written = threading.Event(), []
    save_sheet = sheet.save_sheet

    def save_slowly(path: Path, ink: Ink) -> None:
        assert may_write.wait(10)
        written.append(ink.strokes[0].xy[0, 0])
        save_sheet(path, ink)

    monkeypatch.setattr(sheet, "save_sheet", save_slowly)
    for x in range(100):
        keeper.keep_sheet(ink(float(x)))
    may_write.set()
    keeper.close()
    assert kept_x(tmp_path) == 99.0
    assert len(written) <= 2


def test_no_sheet_is_lost_between_two_threads(keeper: Keeper, tmp_path: Path) -> None:
    for x in range(300):
        keeper.keep_sheet(ink(float(x)))
    keeper.close()
    assert kept_x(tmp_path) == 299.0


def test_window_does_not_wait_for_the_disk(keeper: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    threads: list[int] = []
    monkeypatch.setattr(sheet, "save_sheet", lambda *_: threads.append(threading.get_ident()))
    keeper.keep_sheet(ink())
    keeper.close()
    assert threads
    assert threading.get_ident() not in threads


def test_corrections_can_be_deleted(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keep_correction(digit(), 4)
    keeper.delete_corrections()
    keeper.close()
    assert not (tmp_path / "data" / "corrections.jsonl").exists()


def test_deleting_what_is_not_there_is_no_fault(keeper: Keeper, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(keeper.failed, wait=50):
        keeper.delete_corrections()
        keeper.close()


def test_file_is_saved_and_told(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(keeper.saved) as saved:
        keeper.save(tmp_path / "seven.png", b"a picture")
    assert saved.args == [str(tmp_path / "seven.png")]
    assert (tmp_path / "seven.png").read_bytes() == b"a picture"
    assert [path.name for path in tmp_path.iterdir()] == ["seven.png"]


def test_place_that_cannot_be_written_to_is_said_once(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    said: list[str] = []
    keeper.failed.connect(said.append)
    for x in range(3):
        with qtbot.waitSignal(keeper.failed, raising=False, timeout=200):
            keeper.keep_sheet(ink(float(x)))
    assert len(said) == 1
    assert said[0].startswith(f"Your drawing could not be kept in {tmp_path / 'data'}")


def test_file_that_cannot_be_saved_is_said_each_time(
    keeper: Keeper, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    for _ in range(2):
        with qtbot.waitSignal(keeper.failed) as failed, qtbot.assertNotEmitted(keeper.saved):
            keeper.save(tmp_path / "data" / "seven.png", b"a picture")
        assert str(tmp_path / "data" / "seven.png") in failed.args[0]


def test_correction_of_a_picture_has_no_strokes(keeper: Keeper, tmp_path: Path) -> None:
    keeper.keep_correction(digit(), 4)
    keeper.keep_correction(digit(0.5), 4, ink())
    keeper.close()
    lines = (tmp_path / "data" / "corrections.jsonl").read_text(encoding="utf-8").splitlines()
    strokes = [json.loads(line)["strokes"] for line in lines]
    assert strokes[0] is None
    assert len(strokes[1]) == 1


def test_file_is_made_off_the_window_s_thread(keeper: Keeper, tmp_path: Path, qtbot: QtBot) -> None:
    threads: list[int] = []

    def make() -> bytes:
        threads.append(threading.get_ident())
        return b"made"

    with qtbot.waitSignal(keeper.saved) as saved:
        keeper.save(tmp_path / "a.svg", make)
    assert saved.args == [str(tmp_path / "a.svg")]
    assert (tmp_path / "a.svg").read_bytes() == b"made"
    assert threads != [threading.get_ident()]
