"""The recipe of the network that reads whole numbers."""

from __future__ import annotations

from handwrite_gui.recognition.learning.recipes import Recipe, adamw, cosine, learning
from handwrite_gui.recognition.sequences.networks import numbers

#: Steps after which the strips held back are read; strips never come twice.
EPOCH_STEPS = 500
NUMBERS = Recipe(
    name="numbers",
    network=numbers,
    learner=learning(numbers),
    optimizer=adamw,
    rate=cosine(3e-3),
    epochs=24,
    batch=64,
    more=True,
    averaged_steps=1000,
)
