"""Clusters found by comparing few pairs, beside those found by comparing all."""

import numpy as np
import pytest

from handwrite_gui.reading.ink.clusters import find_clusters


def all_pairs(boxes: np.ndarray, height: float) -> set[frozenset[int]]:
    """Clusters as they are defined: those that lie over one another, and their others' others."""
    clusters = [{at} for at in range(len(boxes))]
    for one, (left, top, right, bottom) in enumerate(boxes):
        for other, (its_left, its_top, its_right, its_bottom) in enumerate(boxes):
            reach = 0.05 * height
            is_over = its_left <= right + reach and left <= its_right + reach
            overlap = min(bottom, its_bottom) - max(top, its_top)
            both = max(bottom, its_bottom) - min(top, its_top)
            lower = min(bottom - top, its_bottom - its_top)
            share = 0.3 if both <= 1.85 * height else 0.45
            if is_over and overlap >= share * lower and both <= 2.2 * height:
                joined = clusters[one] | clusters[other]
                for at in joined:
                    clusters[at] = joined
    return set(map(frozenset, clusters))


@pytest.mark.parametrize("seed", range(8))
def test_clusters_are_those_of_all_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    low = rng.uniform(0, (1500, 400), (120, 2))
    # Some are lines across the whole page, which lie over all others.
    size = rng.uniform((1, 20), (60, 90), (120, 2)) * np.where(rng.random((120, 1)) < 0.05, 20, 1)
    boxes = np.concatenate([low, low + size], axis=1)
    boxes = boxes[np.argsort(boxes[:, 0] + boxes[:, 2], kind="stable")]
    found = find_clusters(boxes, 60.0)
    assert {frozenset(members) for members, _, _ in found} == all_pairs(boxes, 60.0)
    for members, top, bottom in found:
        assert (top, bottom) == (boxes[members, 1].min(), boxes[members, 3].max())
    first = [members[0] for members, _, _ in found]
    assert first == sorted(first)


def test_one_box_is_a_cluster() -> None:
    assert find_clusters(np.array([[1.0, 2.0, 3.0, 4.0]]), 2.0) == [([0], 2.0, 4.0)]
