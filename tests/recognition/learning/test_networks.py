import keras
import numpy as np
import pytest

from handwrite_gui.recognition.learning.networks import handwrite
from handwrite_gui.recognition.learning.normalisation import FusedBatchNormalization
from handwrite_gui.recognition.learning.recipes import RECIPES


@pytest.mark.parametrize(
    ("name", "classes", "most_weights"),
    [
        ("handwrite", 11, 480_000),
        ("wide", 11, 900_000),
        ("paper", 10, 1_200_000),
        ("mlp", 10, 670_000),
    ],
)
def test_digit_images_to_probabilities(name: str, classes: int, most_weights: int) -> None:
    model = RECIPES[name].network()
    assert model.name == name
    assert model.input_shape == (None, 28, 28, 1)
    assert model.output_shape == (None, classes)
    assert model.count_params() <= most_weights
    images = np.random.default_rng(0).uniform(0, 1, (3, 28, 28, 1)).astype(np.float32)
    answers = model(images).numpy()
    assert answers.sum(axis=1) == pytest.approx(1, abs=1e-5)
    assert (answers >= 0).all()
    assert (answers[0] != answers[1]).any()


def test_every_network_ends_with_logits_and_probabilities() -> None:
    """By these names calibration and training find them."""
    for recipe in RECIPES.values():
        model = recipe.network()
        assert [layer.name for layer in model.layers[-2:]] == ["logits", "probabilities"]
        assert model.get_layer("logits").activation is keras.activations.linear


@pytest.mark.parametrize("dtype", ["float32", "mixed_bfloat16"])
def test_ours_learns_with_normalisations(dtype: str) -> None:
    learning, kept = handwrite(learns=True, dtype=dtype), handwrite()
    convolutions, normalisations, bare = (
        [layer for layer in model.layers if isinstance(layer, kind)]
        for model, kind in (
            (learning, keras.layers.Conv2D),
            (learning, FusedBatchNormalization),
            (kept, keras.layers.Conv2D),
        )
    )
    assert len(convolutions) == len(normalisations) == len(bare) > 0
    shapes = [[layer.kernel.shape for layer in layers] for layers in (convolutions, bare)]
    assert shapes[0] == shapes[1]
    assert not any(layer.use_bias for layer in convolutions)
    assert all(layer.use_bias for layer in bare)
    # Whatever it computes in: weights and answers are float32.
    assert {variable.dtype for variable in learning.trainable_variables} == {"float32"}
    answers = learning(np.zeros((2, 28, 28, 1), np.float32), training=True)
    assert answers.dtype == "float32"
    assert learning.output_shape == kept.output_shape


def test_kept_network_holds_nothing_that_only_training_needs() -> None:
    kinds = {type(layer).__name__ for layer in handwrite().layers}
    assert kinds == {
        "InputLayer",
        "Conv2D",
        "ReLU",
        "Add",
        "GlobalAveragePooling2D",
        "Dropout",
        "Dense",
        "Softmax",
    }
