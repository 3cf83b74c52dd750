"""The training of the network that reads strips: it learns, is kept, stopped and resumed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.learning.training_run import Limits
from handwrite_gui.recognition.sequences import material
from handwrite_gui.recognition.sequences import training as module
from handwrite_gui.recognition.sequences.alphabet import CLASSES
from handwrite_gui.recognition.sequences.learner import StripLearner
from handwrite_gui.recognition.sequences.material import Files, Hands, count_hands, load_hands
from handwrite_gui.recognition.sequences.recipe import NUMBERS
from handwrite_gui.recognition.sequences.strips import Batch, batches_beside, to_batch
from handwrite_gui.recognition.sequences.training import StripTraining, measure

After = Callable[[int], Callable[[], bool]]


@pytest.fixture(scope="module")
def batch() -> Batch:
    """Two kinds of strips that differ at one glance."""
    strips = []
    for n in range(8):
        image = np.zeros((40, 64), np.uint8)
        image[10:30, 20:24] = 255
        if n % 2:
            image[10:30, 40:44] = 255
        strips.append((image, "11" if n % 2 else "1"))
    return to_batch(strips)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Pen strokes of writers 1, 19 and 25, and pictures of writers 9 and 10."""
    folder = tmp_path_factory.mktemp("data")
    starts = np.arange(31)
    np.savez(
        folder / "pens.npz",
        points=np.tile([[0, 0], [30, 50], [0, 100]], (30, 1)),
        stroke_start=starts * 3,
        sample_start=starts,
        label=np.tile(np.arange(10), 3),
        writer=np.repeat([1, 19, 25], 10),
    )
    images = np.zeros((20, 28, 28), np.uint8)
    images[:, 4:24, 10:14] = 255
    np.savez(folder / "pictures.npz", x_train=images, y_train=np.arange(20) % 10)
    np.savez(folder / "writers.npz", train_writer=np.repeat([9, 10], 10))
    data = folder / "pictures.npz", folder / "pens.npz"
    return Files(data, folder / "writers.npz")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, batch: Batch, hands: Hands) -> None:
    """Trainings that wait for no process, and measure little."""

    @contextlib.contextmanager
    def endless(*_: object) -> Iterator[Iterator[Batch]]:
        yield iter(lambda: batch, None)

    monkeypatch.setattr(module, "batches_beside", endless)
    monkeypatch.setattr(module, "MEASURED_STRIPS", 4)
    monkeypatch.setattr(module, "load_hands", lambda *_, **__: hands)


def test_the_network_gives_probabilities_for_every_step() -> None:
    network = NUMBERS.network()
    said = np.asarray(network.predict_on_batch(np.zeros((2, 40, 96, 1), np.float32)))
    assert said.shape == (2, 1, 24, CLASSES)
    np.testing.assert_allclose(said.sum(axis=-1), 1, atol=1e-5)
    assert network.count_params() <= 1_000_000


def test_it_learns_what_is_written(batch: Batch) -> None:
    learner = StripLearner(NUMBERS, seed=0)
    first, _ = learner.learn(batch.images, batch.labels, 1e-3)
    for _ in range(25):
        last, right = learner.learn(batch.images, batch.labels, 1e-3)
    assert last < 0.1 * first
    assert right == 1.0
    kept = learner.kept([batch.images.astype(np.float32) / 255])
    assert set(measure(kept, [batch])) == {"strips"}


def test_writers_are_held_back_and_some_never_loaded(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(material, "DRAWN", 1)
    monkeypatch.setattr(material, "DRAWN_TO_MEASURE", 1)
    learned, measured = (load_hands(files, 0, to_measure=way) for way in (False, True))
    assert (len(learned.pictures), len(learned.pens)) == (1, 1)
    assert (len(measured.pictures), len(measured.pens)) == (1, 1)
    assert count_hands(files) | {"written forms": 0} == {
        "pictures": 1,
        "pens": 1,
        "written forms": 0,
    }


def test_writers_of_other_digits_are_refused(files: Files, tmp_path: Path) -> None:
    np.savez(tmp_path / "others.npz", train_writer=np.arange(7))
    with pytest.raises(RecognitionError, match="writers of 7 other digits"):
        load_hands(Files(files.data, tmp_path / "others.npz"), 0, to_measure=False)


def test_damaged_data_is_refused_by_its_name(tmp_path: Path) -> None:
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"nothing")
    with pytest.raises(RecognitionError, match=r"bad\.npz"):
        count_hands(Files((bad,), bad))


@pytest.mark.usefixtures("quick")
def test_stopped_and_resumed_goes_on_where_it_was(
    after: After, files: Files, checkpoint: Path
) -> None:
    first = StripTraining(files, Limits(1), seed=3, checkpoint=checkpoint)
    assert first.resume() is False
    first.run(stops=after(2))
    second = StripTraining(files, Limits(1), seed=3, checkpoint=checkpoint)
    assert second.resume() is True
    assert second.steps == 2
    assert second.seconds > 0
    trained = second.run(stops=after(1))
    assert trained is not None
    assert (trained.step, second.steps) == (3, 3)
    other = StripTraining(files, Limits(1), seed=4, checkpoint=checkpoint)
    with pytest.raises(RecognitionError, match="another recipe, seed or data"):
        other.resume()


@pytest.mark.usefixtures("quick")
def test_stopped_at_once_keeps_nothing(after: After, files: Files) -> None:
    assert StripTraining(files, Limits(1)).run(stops=after(0)) is None


@pytest.mark.usefixtures("quick")
def test_a_checkpoint_that_cannot_be_written_is_told_once(
    after: After, files: Files, tmp_path: Path
) -> None:
    (tmp_path / "x.checkpoint").mkdir()
    training = StripTraining(files, Limits(1), checkpoint=tmp_path / "x.checkpoint")
    told: list[str] = []
    training.run(stops=after(1), on_unsaved=told.append)
    assert len(told) == 1
    assert training.is_unsaved


def test_a_process_that_cannot_load_its_data_says_so(tmp_path: Path) -> None:
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"nothing")
    with (
        batches_beside(Files((bad,), bad), 0, 0) as stream,
        pytest.raises(RecognitionError, match=r"bad\.npz"),
    ):
        next(stream)


def test_strips_held_back_are_the_same_every_time(hands: Hands) -> None:
    first, second = (module.draw_to_measure(hands, 6, seed=1) for _ in range(2))
    assert [batch.texts for batch in first] == [batch.texts for batch in second]
    assert sum(len(batch.labels) for batch in first) > 0
