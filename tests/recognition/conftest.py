"""What the tests of this room share: one start of TensorFlow, and digits that are easy to learn."""

import json
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from handwrite_gui.domain.raster import digit_image
from handwrite_gui.recognition.data.digits import Digits
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.runtime import start_tensorflow

if TYPE_CHECKING:
    import keras

    from handwrite_gui.recognition.learning.recipes import Recipe

# Before the test modules are imported, for most of them import Keras.
start_tensorflow()

#: Each digit as on a seven-segment display, in one stroke: a b above, c d in the middle, e f below.
SEGMENTS = "abfea bf abdcef abdcdfe acdbf bacdfe baefdc abf abfeacd dcabfe".split()  # noqa: SIM905


@pytest.fixture(scope="session")
def draw_digits() -> Callable[[int, int], Digits]:
    """Draws so many digits from a seed, each corner where it may fall."""

    def draw(count: int, seed: int) -> Digits:
        rng = np.random.default_rng(seed)
        labels = np.arange(count) % 10
        corners = dict(zip("abcdef", np.indices((3, 2)).reshape(2, 6).T[:, ::-1], strict=True))
        images = [
            digit_image([np.array([corners[c] + rng.normal(0, 0.08, 2) for c in SEGMENTS[label]])])
            for label in labels
        ]
        return Digits("drawn", np.round(np.array(images) * 255).astype(np.uint8), labels)

    return draw


@pytest.fixture(scope="session")
def tiny() -> "Recipe":
    """A recipe that is learned at once, with all that ours has: normalisation, dropout, average."""
    import keras
    from keras import layers

    from handwrite_gui.recognition.learning.normalisation import FusedBatchNormalization
    from handwrite_gui.recognition.learning.recipes import RECIPES, cosine

    def network(*, learns: bool = False) -> keras.Model:
        inputs = keras.Input((28, 28, 1))
        if learns:
            x = layers.Conv2D(8, 4, 4, use_bias=False)(inputs)
            x = layers.ReLU()(FusedBatchNormalization()(x))
        else:
            x = layers.Conv2D(8, 4, 4, activation="relu")(inputs)
        x = layers.Dropout(0.2)(layers.Flatten()(x))
        x = layers.Dense(11, name="logits")(x)
        return keras.Model(inputs, layers.Softmax(name="probabilities")(x), name="tiny")

    return replace(
        RECIPES["handwrite"],
        name="tiny",
        network=network,
        learner=partial(network, learns=True),
        optimizer=partial(keras.optimizers.SGD, momentum=0.9),
        rate=cosine(0.1),
        batch=50,
        vary=None,
        more=False,
    )


@pytest.fixture(scope="session")
def digits(draw_digits: Callable[[int, int], Digits]) -> Digits:
    """Four batches of the tiny recipe."""
    return draw_digits(200, 1)


@pytest.fixture(scope="session")
def others(draw_digits: Callable[[int, int], Digits]) -> Digits:
    """Others than those."""
    return draw_digits(100, 2)


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """Where a training is kept."""
    return tmp_path / "some.keras.checkpoint"


@pytest.fixture(scope="session")
def after() -> Callable[[int], Callable[[], bool]]:
    """Asks for a stop after so many steps."""

    def after(steps: int) -> Callable[[], bool]:
        asked = iter(range(steps))
        return lambda: next(asked, None) is None

    return after


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a test puts its model."""
    return tmp_path / "some.keras"


@pytest.fixture(scope="session")
def foreign() -> "Callable[..., keras.Model]":
    """Makes a network that is not ours from the layers in its middle."""
    import keras
    from keras import layers

    def make(*inner: keras.Layer, classes: int = 10, side: int = 28) -> keras.Model:
        ends = [layers.Flatten(), layers.Dense(classes, activation="softmax")]
        return keras.Sequential([keras.Input((side, side, 1)), *inner, *ends], name="foreign")

    return make


def members_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def our_members(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is in a file of our own network."""
    import keras

    from handwrite_gui.recognition.learning.networks import handwrite
    from handwrite_gui.recognition.model_files.model_file import save_model

    path = tmp_path_factory.mktemp("ours") / "ours.keras"
    keras.utils.set_random_seed(1)
    save_model(handwrite(), path)
    return members_of(path)


@pytest.fixture(scope="session")
def foreign_members(
    tmp_path_factory: pytest.TempPathFactory, foreign: "Callable[..., keras.Model]"
) -> dict[str, bytes]:
    """What is in a file of another network, whose second layer is Dense(4)."""
    from keras import layers

    path = tmp_path_factory.mktemp("foreign") / "foreign.keras"
    foreign(layers.Dense(4)).save(path)
    return members_of(path)


@pytest.fixture(scope="session")
def write() -> Callable[..., Path]:
    """Writes an archive of such members, and returns its path."""

    def write(path: Path, members: dict[str, bytes], **options: Any) -> Path:
        with zipfile.ZipFile(path, "w", **options) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return path

    return write


@pytest.fixture(scope="session")
def redescribed() -> Callable[..., dict[str, bytes]]:
    """Gives members of which the description is changed by a function."""

    def redescribed(
        members: dict[str, bytes], change: Callable[[dict[str, Any]], object]
    ) -> dict[str, bytes]:
        description = json.loads(members["config.json"])
        change(description)
        return members | {"config.json": json.dumps(description).encode()}

    return redescribed


def most_memory_mb() -> float:
    """The most memory that this process ever had; 0 on Windows, where nobody says."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


@pytest.fixture(scope="session")
def refusal() -> Callable[..., None]:
    """Checks that a model file is refused with one sentence, soon and without taking memory."""
    from handwrite_gui.recognition.model_files.model_file import load_model

    def check(path: Path, says: str = "") -> None:
        start, memory_mb = time.process_time(), most_memory_mb()
        with pytest.raises(RecognitionError) as caught:
            load_model(path)
        assert time.process_time() - start < 15
        assert most_memory_mb() - memory_mb < 250
        message = str(caught.value)
        assert message.startswith(f"The model {path} ")
        assert message.endswith("; name another model with --model, or leave --model out.")
        assert message.count(". ") == 0
        assert message.isprintable()
        assert len(message) < 600
        assert says in message

    return check
