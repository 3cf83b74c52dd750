"""Recipes: how each network is trained, with every number in one place."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import keras

from handwrite_gui.recognition.learning import augmentation, networks
from handwrite_gui.recognition.learning.batches import Variation
from handwrite_gui.recognition.processor import has_bfloat16


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained.

    Attributes:
        name: What it is called on the command line.
        network: Builds what is kept.
        learner: Builds what learns: the same layers, and what only training needs.
        optimizer: Builds the optimizer.
        rate: Learning rate, from the share of the training that is done, 0 to 1.
        epochs: How often to go through the data, unless told.
        batch: Digits in a step.
        vary: How images are augmented, from a batch and a seed; None for not at all.
        more: Whether written forms and what is no digit are drawn and learned, too.
        label_smoothing: Share of the truth that is spread over all classes (Szegedy et al. 2016).
        label_share: Beside a teacher, how much the label counts in what is learned.
        averaged_steps: The weights kept are an average over about so many; 1 keeps the last.
    """

    name: str
    network: Callable[[], keras.Model]
    learner: Callable[[], keras.Model]
    optimizer: Callable[[], keras.optimizers.Optimizer]
    rate: Callable[[float], float]
    epochs: int
    batch: int
    vary: Variation | None = None
    more: bool = False
    label_smoothing: float = 0.0
    label_share: float = 0.0
    averaged_steps: int = 1


def cosine(peak: float, warm_up: float = 0.03) -> Callable[[float], float]:
    """Rise to `peak` in the first `warm_up` of the training, then fall to nothing.

    (Loshchilov, Hutter 2017, "SGDR", without its restarts.)
    """

    def rate(done: float) -> float:
        rise = min(1.0, (done + 1e-3) / warm_up)
        return peak * rise * (1 + math.cos(math.pi * min(done, 1.0))) / 2

    return rate


def adamw() -> keras.optimizers.Optimizer:
    """AdamW (Loshchilov, Hutter 2019, "Decoupled weight decay regularization")."""
    optimizer = keras.optimizers.AdamW(weight_decay=0.02, clipnorm=1.0)
    optimizer.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
    return optimizer


def _dtype() -> str:
    # Where the processor computes in bfloat16: 58 ms a step instead of 108 ms for 128 digits
    # (measured on two cores with AMX).
    return "mixed_bfloat16" if has_bfloat16() else "float32"


def learning(network: Callable[..., keras.Model]) -> Callable[[], keras.Model]:
    """Return what builds the network that learns, in the numbers that are fastest here."""
    return lambda: network(learns=True, dtype=_dtype())


def quicken(model: keras.Model) -> keras.Model:
    """Rebuild one of our own networks so that it answers as fast as others learn."""
    network = {"handwrite": networks.handwrite, "wide": networks.wide}.get(model.name)
    if network is None:
        return model
    quick = network(dtype=_dtype())
    if [w.shape for w in quick.weights] != [w.shape for w in model.weights]:
        return model  # As this program made them once.
    quick.set_weights(model.get_weights())
    return quick


_HANDWRITE = Recipe(
    name="handwrite",
    network=networks.handwrite,
    learner=learning(networks.handwrite),
    optimizer=adamw,
    rate=cosine(3e-3),
    epochs=100,
    batch=256,
    vary=augmentation.vary,
    more=True,
    label_smoothing=0.05,
    # Where the teacher is in doubt the label decides; where it is sure and the label is another,
    # that is more often a slip of who labelled.
    label_share=0.3,
    averaged_steps=1000,
)
#: Teaches the one above. Labels that were smoothed would teach less (Müller et al. 2019).
_WIDE = replace(
    _HANDWRITE,
    name="wide",
    network=networks.wide,
    learner=learning(networks.wide),
    epochs=60,
    label_smoothing=0.0,
)
#: An expert for digits that are framed well, sharp and without grain, to be asked beside others.
_CLEAN = replace(
    _HANDWRITE,
    name="clean",
    epochs=45,
    vary=augmentation.vary_a_little,
    label_smoothing=0.0,
)
#: As good as it gets in a few minutes: nothing is drawn, and less is varied, less often.
_QUICK = replace(
    _HANDWRITE,
    name="quick",
    rate=cosine(3e-3, 0.2),
    epochs=6,
    batch=64,
    vary=augmentation.vary_a_little,
    more=False,
    label_smoothing=0.0,
    averaged_steps=600,
)
#: As in Keras's first example, `mnist_cnn`.
_PAPER = Recipe(
    name="paper",
    network=networks.paper,
    learner=networks.paper,
    optimizer=keras.optimizers.Adadelta,
    rate=lambda _: 1.0,
    epochs=12,
    batch=128,
)
#: As in Keras's second, `mnist_mlp`.
_MLP = replace(
    _PAPER,
    name="mlp",
    network=networks.mlp,
    learner=networks.mlp,
    optimizer=keras.optimizers.RMSprop,
    rate=lambda _: 1e-3,
    epochs=20,
)
RECIPES = {recipe.name: recipe for recipe in (_HANDWRITE, _WIDE, _CLEAN, _QUICK, _PAPER, _MLP)}
