"""Pieces of a mask are boxed and counted as OpenCV's own statistics say."""

import cv2
import numpy as np
import pytest

from handwrite_gui.imaging.components import find_components


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 0.6, 1.0])
def test_boxes_and_areas(share: float) -> None:
    mask = np.random.default_rng(3).random((61, 47)) < share
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=8)
    found = find_components(mask)
    assert np.array_equal(found.labels, labels)
    assert len(found.area) == count
    left, top, width, height, area = np.asarray(stats)[1:].T
    assert np.array_equal(found.left[1:], left)
    assert np.array_equal(found.top[1:], top)
    assert np.array_equal(found.right[1:], left + width)
    assert np.array_equal(found.bottom[1:], top + height)
    assert np.array_equal(found.area[1:], area)
