"""Single digits in photographs, through the whole reader with the real model."""

import json
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui import paths
from handwrite_gui.domain.picture import Picture
from handwrite_gui.imaging.open_picture import open_picture
from handwrite_gui.reading.reader import Reader
from handwrite_gui.recognition.keras_recogniser import load_recogniser

#: Boxes (x, y, width, height) of the digits in two photographed pages, row by row.
BOXES = {
    "page_0.jpg": [
        [119, 64, 9, 45],
        [173, 68, 32, 43],
        [240, 69, 30, 42],
        [312, 67, 24, 61],
        [371, 71, 23, 40],
        [434, 76, 28, 61],
        [489, 84, 19, 39],
        [102, 181, 20, 37],
        [161, 176, 24, 69],
        [231, 185, 23, 28],
        [297, 188, 27, 39],
        [364, 185, 33, 66],
        [442, 190, 20, 42],
        [498, 197, 10, 56],
    ],
    "page_1.jpg": [
        [80, 30, 5, 36],
        [119, 24, 20, 60],
        [185, 23, 14, 39],
        [240, 25, 20, 67],
        [320, 36, 30, 37],
        [381, 26, 21, 40],
        [423, 24, 20, 42],
        [448, 20, 27, 80],
        [54, 151, 21, 33],
        [82, 149, 17, 34],
        [105, 154, 20, 24],
        [125, 146, 10, 54],
        [144, 153, 17, 22],
        [169, 146, 15, 30],
        [187, 143, 18, 58],
        [219, 147, 26, 41],
        [250, 147, 18, 26],
    ],
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_recogniser(paths.default_model()))


@pytest.mark.parametrize("enlarged", [1, 4])
def test_nine_of_ten_photographed_digits_are_read_right(
    reader: Reader, data_dir: Path, enlarged: int
) -> None:
    labels = json.loads((data_dir / "pages" / "labels.json").read_text())
    read, written = "", ""
    for name, boxes in BOXES.items():
        page = open_picture(data_dir / "pages" / name)
        written += "".join(labels[name]["rows"])
        for x, y, width, height in boxes:
            margin = max(width, height) // 3
            crop = page.pixels[
                max(y - margin, 0) : y + height + margin, max(x - margin, 0) : x + width + margin
            ]
            near = np.repeat(np.repeat(crop, enlarged, axis=0), enlarged, axis=1)
            read += reader.read_picture(Picture(near, name)).text or "-"
    right = sum(a == b for a, b in zip(read, written, strict=True))
    assert right >= 0.9 * len(written), f"read {read}, written {written}"
