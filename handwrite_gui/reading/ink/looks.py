"""Looks: what the model says of groups of strokes, remembered while the strokes are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from handwrite_gui.domain.ink import Ink
from handwrite_gui.domain.prediction import Prediction
from handwrite_gui.reading.ink.images import group_image, group_images

Predict = Callable[[NDArray[np.float32]], list[Prediction]]
#: Indices of strokes in the ink, rising.
Strokes = tuple[int, ...]
#: The same strokes by their identity.
_Key = tuple[int, ...]
#: Images drawn and read at once: memory stays bounded whatever is written.
_AT_ONCE = 512


class Looks:
    """Asks the model about groups of strokes, about each only once.

    A stroke never changes, so what was said of some is true for as long as they are there.

    Args:
        predict: Says of each digit image (n, 28, 28) what it is.
    """

    def __init__(self, predict: Predict) -> None:
        self._predict = predict
        # Held, so that no other stroke can be taken for one of them.
        self._ink = Ink()
        self._said: dict[_Key, Prediction] = {}
        self._keys_of: dict[int, list[_Key]] = {}
        # Only those that were asked for: of each digit many groups are drawn.
        self._shown: dict[_Key, NDArray[np.float32]] = {}
        # Those that were drawn last: most of what is asked for is among them.
        self._drawn: dict[_Key, NDArray[np.float32]] = {}

    def turn_to(self, ink: Ink) -> None:
        """Look at this ink from now on, and forget what it no longer has."""
        if ink.pen_width != self._ink.pen_width:
            self._said, self._keys_of, self._shown = {}, {}, {}
        before, gone = self._ink.strokes, set()
        if ink.strokes[: len(before)] != before:  # While a pen writes, nothing goes.
            gone = set(map(id, before)) - set(map(id, ink.strokes))
        for stroke in gone:
            for key in self._keys_of.pop(stroke, []):
                self._said.pop(key, None)
                self._shown.pop(key, None)
        self._ink, self._drawn = ink, {}

    def look_at(self, groups: Iterable[Strokes], dots: Iterable[Strokes] = ()) -> None:
        """Have the model say what it has not said yet, all at once.

        Args:
            groups: What to look at.
            dots: Those of them that are only dots, and no digits without any look.
        """
        for strokes in dots:
            self._keep(self._key(strokes), Prediction.certainly_no_digit())
        wanted = {self._key(strokes): strokes for strokes in groups}
        new = [(key, strokes) for key, strokes in wanted.items() if key not in self._said]
        for first in range(0, len(new), _AT_ONCE):
            part = new[first : first + _AT_ONCE]
            images = np.array(group_images(self._ink, [strokes for _, strokes in part]))
            self._drawn = dict(zip((key for key, _ in part), images, strict=True))
            for (key, _), said in zip(part, self._predict(images), strict=True):
                self._keep(key, said)

    def said_of(self, strokes: Strokes) -> Prediction:
        """Return what the model says of strokes that were looked at."""
        return self._said[self._key(strokes)]

    def image_of(self, strokes: Strokes) -> NDArray[np.float32]:
        """Return the image of some strokes as one digit."""
        key = self._key(strokes)
        image = self._shown.get(key)
        if image is None:
            image = self._drawn.get(key)
            # A copy: the image alone is kept, and not all that was drawn with it.
            image = group_image(self._ink, strokes) if image is None else image.copy()
            self._shown[key] = image
        return image

    def _keep(self, key: _Key, said: Prediction) -> None:
        if key not in self._said:
            self._said[key] = said
            for stroke in key:
                self._keys_of.setdefault(stroke, []).append(key)

    def _key(self, strokes: Strokes) -> _Key:
        return tuple(id(self._ink.strokes[at]) for at in strokes)
