import gc
import sys
from collections.abc import Callable
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers
from numpy.typing import NDArray

from handwrite_gui.paths import default_model
from handwrite_gui.recognition import keras_recogniser
from handwrite_gui.recognition.data.datasets import load_digits
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.keras_recogniser import BATCH, KerasRecogniser, load_recogniser
from handwrite_gui.recognition.measurement.evaluation import evaluate
from handwrite_gui.recognition.model_files import model_file


@pytest.fixture(scope="module")
def shipped() -> KerasRecogniser:
    return load_recogniser(default_model())


def floats(digits: Digits) -> NDArray[np.float32]:
    return digits.images.astype(np.float32) / 255


def linear(classes: int, *, activation: str | None = "softmax") -> keras.Model:
    dense = layers.Dense(classes, activation=activation)
    return keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), dense])


def test_answers_are_probabilities(
    shipped: KerasRecogniser, draw_digits: Callable[[int, int], Digits]
) -> None:
    answers = shipped.predict(floats(draw_digits(30, 1)))
    assert answers.shape == (30, 11)
    assert answers.dtype == np.float32
    assert answers.min() >= 0
    assert answers.sum(axis=1) == pytest.approx(1, abs=1e-4)


def test_more_images_than_a_batch_are_answered_in_order(
    shipped: KerasRecogniser, draw_digits: Callable[[int, int], Digits]
) -> None:
    images = floats(draw_digits(50, 1))
    many = np.resize(images, (BATCH + 60, 28, 28))
    answers = shipped.predict(many)
    assert answers == pytest.approx(np.resize(shipped.predict(images), (BATCH + 60, 11)), abs=1e-5)


def test_wide_models_take_fewer_images_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ends = [layers.Flatten(), layers.Dense(10, activation="softmax")]
    model = keras.Sequential([keras.Input((28, 28, 1)), layers.ZeroPadding2D(50), *ends])
    images = np.random.default_rng(0).uniform(0, 1, (40, 28, 28)).astype(np.float32)
    together = KerasRecogniser(model).predict(images)
    monkeypatch.setattr(keras_recogniser, "MOST_VALUES", 3 * 128 * 128)
    recogniser = KerasRecogniser(model)
    sizes: list[int] = []
    compute = recogniser._compute
    recogniser._compute = lambda array: sizes.append(len(array)) or compute(array)
    assert recogniser.predict(images) == pytest.approx(together, abs=1e-6)
    assert sizes == [3] * 13 + [1]


def test_no_image_gives_no_answer(shipped: KerasRecogniser) -> None:
    assert shipped.predict(np.zeros((0, 28, 28), np.float32)).shape == (0, 11)


def test_ten_classes_never_say_no_digit(draw_digits: Callable[[int, int], Digits]) -> None:
    images = floats(draw_digits(20, 1))
    model = linear(10)
    answers = KerasRecogniser(model).predict(images)
    assert answers.shape == (20, 11)
    assert (answers[:, 10] == 0).all()
    assert answers[:, :10] == pytest.approx(model(images[..., None]).numpy(), abs=1e-6)


def test_dropout_is_off() -> None:
    model = keras.Sequential([keras.Input((28, 28, 1)), layers.Dropout(0.9), *linear(10).layers])
    image = np.random.default_rng(0).uniform(0, 1, (1, 28, 28)).astype(np.float32)
    recogniser = KerasRecogniser(model)
    assert (recogniser.predict(image) == recogniser.predict(image)).all()


def test_shipped_model_reads_mnist(shipped: KerasRecogniser, data_dir: Path) -> None:
    """Digits that it has learned from: this finds a wrong scale or order, not a weak model."""
    digits = load_digits(data_dir / "mnist.npz", "train")
    hundred = digits.where(np.arange(len(digits)) % 600 == 5)
    assert evaluate(shipped, hundred).accuracy >= 0.97


def test_shipped_model_refuses_blank_paper(shipped: KerasRecogniser) -> None:
    (answer,) = shipped.predict(np.zeros((1, 28, 28), np.float32))
    assert np.isfinite(answer).all()


def test_file_is_read_once_and_not_run(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []
    load = model_file.load_model
    monkeypatch.setattr(
        model_file, "load_model", lambda path, warn: loaded.append(path) or load(path, warn)
    )
    monkeypatch.setattr(keras.models, "load_model", lambda *_, **__: pytest.fail("run"))
    recogniser = load_recogniser(default_model())
    recogniser.predict(np.zeros((2, 28, 28), np.float32))
    assert loaded == [default_model()]


def saved(model: keras.Model, tmp_path: Path) -> Path:
    model.save(tmp_path / "some.keras")
    return tmp_path / "some.keras"


def overflowing() -> keras.Model:
    """All its weights are numbers, and what it gives is none."""
    model = linear(11)
    model.layers[-1].set_weights([np.full((784, 11), 3e38), np.zeros(11)])
    return model


@pytest.mark.parametrize(
    "model",
    [lambda: linear(10, activation=None), lambda: linear(11, activation="sigmoid"), overflowing],
)
def test_model_that_gives_no_probabilities(
    model: Callable[[], keras.Model], tmp_path: Path
) -> None:
    path = saved(model(), tmp_path)
    with pytest.raises(RecognitionError) as caught:
        load_recogniser(path)
    assert str(caught.value).startswith(f"The model {path} gives no probabilities;")


def test_model_that_cannot_be_computed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: keras.Model) -> KerasRecogniser:
        raise NotImplementedError("The Conv2D op only supports NHWC on the CPU.")

    monkeypatch.setattr(keras_recogniser, "KerasRecogniser", fail)
    with pytest.raises(RecognitionError, match=r"some\.keras cannot be computed .* --model\.$"):
        load_recogniser(saved(linear(11), tmp_path))


def test_bad_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match="is not there"):
        load_recogniser(tmp_path / "missing.keras")


def test_warning_reaches_whoever_asks_for_it(tmp_path: Path) -> None:
    warnings: list[str] = []
    path = saved(linear(11), tmp_path)
    load_recogniser(path, on_warning=warnings.append)
    assert [warning.startswith(f"The model {path} has no card") for warning in warnings] == [True]


def test_warning_that_nobody_asks_for_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = saved(linear(11), tmp_path)
    load_recogniser(path)
    assert f"The model {path} has no card" in caplog.text


def test_memory_does_not_grow_with_the_calls(shipped: KerasRecogniser) -> None:
    """Python's own; `tests/benchmarks/memory.py` watches the whole process for longer."""
    image = np.random.default_rng(0).uniform(0, 1, (1, 28, 28)).astype(np.float32)
    for _ in range(300):  # TensorFlow fills caches of its own.
        shipped.predict(image)
    gc.collect()
    before = sys.getallocatedblocks()
    for _ in range(500):
        shipped.predict(image)
    gc.collect()
    assert sys.getallocatedblocks() - before < 250
