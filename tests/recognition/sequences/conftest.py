"""Hands to write strips with."""

from __future__ import annotations

import numpy as np
import pytest

from handwrite_gui.recognition.sequences.hands import drawn_hands
from handwrite_gui.recognition.sequences.material import Hands


@pytest.fixture(scope="session")
def hands() -> Hands:
    """Two drawn hands, and none of others."""
    return Hands([], [], drawn_hands(2, np.random.default_rng(0)))
