"""Dark ink on light paper is told from light on dark, and light that falls off from ink."""

import numpy as np
import pytest

from handwrite_gui.domain.raster import draw
from handwrite_gui.imaging.paper import contrast, is_dark_on_light

THREE = [(0.1, 0.1), (0.5, 0.0), (0.8, 0.2), (0.4, 0.45), (0.85, 0.7), (0.5, 1.0), (0.05, 0.9)]


@pytest.mark.parametrize(("dark", "light"), [(0, 255), (60, 140)])
@pytest.mark.parametrize("width", [3, 12, 30])
def test_the_paper_is_the_larger_part(dark: int, light: int, width: int) -> None:
    ink = np.pad(draw([np.array(THREE) * 120], width), 40)
    brightness = light + (dark - light) * ink
    assert is_dark_on_light(brightness)
    assert not is_dark_on_light(255 - brightness)


def test_contrast_is_nought_on_unevenly_lit_paper_and_one_for_black() -> None:
    light = np.linspace(170, 250, 300)[None, :, None]
    pixels = np.broadcast_to(light, (240, 300, 3)).astype(np.uint8)
    assert np.abs(contrast(pixels)).max() < 0.06
    inked = pixels.copy()
    inked[100:140, 120:128] = 0
    values = contrast(inked)
    assert values[110:130, 122:126].min() > 0.95
    assert np.abs(values[:80]).max() < 0.06


def test_a_table_beside_the_page_does_not_bend_the_light_on_it() -> None:
    light = np.broadcast_to(np.linspace(240, 180, 400)[:, None, None], (400, 400, 3)).copy()
    light[:, :60] = 20
    values = contrast(light.astype(np.uint8))
    assert np.abs(values[:, 140:]).max() < 0.06
