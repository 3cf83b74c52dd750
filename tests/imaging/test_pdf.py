"""Pages of PDF files: drawn upright at 300 dots to an inch, or refused in one sentence."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.imaging import pdf as module
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture, page_count

#: A black and a blue rectangle, 36 by 18 points: half an inch by a quarter.
BLACK = "0 g 0 54 36 18 re f"
BLUE = "0 0 1 rg 108 0 36 18 re f"
#: As long as the standard security handler wants them, and no password's.
ENCRYPTION = (
    "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44"
    f"/O<{'5a' * 32}>/U<{'a5' * 32}>>>/ID[<{'11' * 16}><{'11' * 16}>]"
)
Pdf = Callable[..., bytes]


def refusal(data: bytes, page: int = 0) -> str:
    with pytest.raises(PictureError) as refused:
        open_picture(data, "a.pdf", page)
    sentence = str(refused.value)
    assert sentence.startswith("“a.pdf” ")
    assert sentence.endswith(".")
    return sentence


def test_a_page_is_drawn_upright_at_300_dpi(pdf: Pdf, tmp_path: Path) -> None:
    file = tmp_path / "no suffix"
    file.write_bytes(pdf(BLACK, BLUE))
    first, second = open_picture(file), open_picture(file, page=1)
    assert (first.name, first.page, first.page_count) == ("no suffix", 0, 2)
    assert first.size == second.size == (600, 300)
    dark = np.argwhere(first.pixels[:, :, 0] < 128)
    assert dark.max(axis=0).tolist() == pytest.approx([74, 149], abs=1)
    assert first.pixels[-1, -1].tolist() == [255, 255, 255]
    assert second.pixels[-1, -1].tolist() == [0, 0, 255]
    assert page_count(file) == 2


def test_a_turned_page_is_upright(pdf: Pdf) -> None:
    turned = open_picture(pdf(BLACK, extra="/Rotate 90"))
    assert turned.size == (300, 600)
    assert turned.pixels[0, -1].max() == 0
    assert turned.pixels[0, 0].min() == 255


def test_notes_are_drawn_too(pdf: Pdf) -> None:
    note = "/Annots[<</Type/Annot/Subtype/Square/Rect[36 18 108 54]/C[1 0 0]/IC[1 0 0]/F 4>>]"
    pixels = open_picture(pdf("", extra=note)).pixels
    assert pixels[150, 300].tolist() == [255, 0, 0]


def test_a_large_page_is_drawn_with_fewer_dots(pdf: Pdf) -> None:
    width, height = open_picture(pdf("", media="0 0 14400 7200")).size
    assert 0.9 * module.MOST_DRAWN_PIXELS < width * height <= 1.01 * module.MOST_DRAWN_PIXELS
    assert width / height == pytest.approx(2, rel=1e-3)


@pytest.mark.parametrize("media", ["0 0 0 0", "0 0 1e9 1e9", "0 0 0.001 200"])
def test_pages_of_no_size_end_well(pdf: Pdf, media: str) -> None:
    try:
        picture = open_picture(pdf("", media=media), "a.pdf")
    except PictureError:
        return
    assert 0 < picture.size[0] * picture.size[1] <= 1.01 * module.MOST_DRAWN_PIXELS


def test_what_needs_a_password_is_refused(pdf: Pdf) -> None:
    assert "protected by a password" in refusal(pdf("", trailer=ENCRYPTION))


def test_what_has_no_pages_is_refused(pdf: Pdf) -> None:
    assert "is damaged" in refusal(pdf())


def test_a_page_that_it_has_not_is_refused(pdf: Pdf) -> None:
    assert "has 2 pages and no page 3" in refusal(pdf(BLACK, BLUE), 2)
    assert "has 2 pages and no page 0" in refusal(pdf(BLACK, BLUE), -1)


def test_more_pages_than_anybody_turns_are_refused(
    pdf: Pdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PAGES", 2)
    assert "pages: split it" in refusal(pdf("", "", ""))


def test_a_damaged_one_is_refused(pdf: Pdf) -> None:
    assert "is damaged" in refusal(b"%PDF-1.7\nnothing more")
    assert "is damaged" in refusal(pdf("").replace(b"/Type/Page/", b"/Type/Pig/", 1)[:60])


def test_a_page_that_is_drawn_for_ever_is_given_up(
    pdf: Pdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_S", 1.0)
    many = "0 0 m " + " ".join(f"{n % 800} {n * 7 % 800} l" for n in range(5000)) + " s\n"
    began = time.monotonic()
    assert "takes too long" in refusal(pdf(many * 200, media="0 0 800 800"))
    assert time.monotonic() - began < 5.0


def test_a_process_that_dies_harms_nobody(
    pdf: Pdf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, sys; sys.stdin.buffer.read(); os.abort()")
    monkeypatch.setattr(module, "_PROGRAM", dying)
    assert "is damaged" in refusal(pdf(BLACK))


def test_mutated_files_open_or_are_refused(pdf: Pdf) -> None:
    seed, chance, refused = pdf(BLACK, BLUE), random.Random(5), 0
    for _ in range(8):
        data = bytearray(seed)
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
        try:
            picture = open_picture(bytes(data), "a.pdf")
        except PictureError:
            refused += 1
        else:
            assert picture.pixels.dtype == np.uint8
    assert refused > 0
