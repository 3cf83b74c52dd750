"""Mutated files: a Picture or a PictureError, soon, and nothing else."""

import io
import random
import sys
import time

import numpy as np
import pytest
from PIL import Image

from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture

MUTATIONS = 40
#: Whole seeds take milliseconds; a hang takes for ever.
BOUND_S = 10.0


def _seed(file_format: str, mode: str = "RGB", **options: object) -> bytes:
    noise = np.random.default_rng(5).integers(0, 255, (24, 32, 3), dtype=np.uint8)
    noise[6:18, 8:24] = 255  # flat parts and noise take different ways through a decoder
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a note"
    if file_format in ("JPEG", "PNG", "WEBP", "TIFF"):
        options["exif"] = exif
    Image.fromarray(noise).convert(mode).save(buffer, file_format, **options)
    return buffer.getvalue()


def _run_length_bmp() -> bytes:
    """A BMP of 8 bits with run lengths, which Pillow reads and does not write."""
    plain = _seed("BMP", "L")
    rows = b"".join(bytes([16, 200, 0, 4, 1, 2, 3, 4, 12, 9, 0, 0]) for _ in range(24)) + b"\0\1"
    header = bytearray(plain[: 54 + 1024])
    header[30] = 1
    return bytes(header) + rows


def _frames(file_format: str) -> bytes:
    buffer = io.BytesIO()
    frames = [Image.new("P", (32, 24), shade) for shade in (10, 90, 200)]
    frames[0].save(buffer, file_format, save_all=True, append_images=frames[1:], duration=50)
    return buffer.getvalue()


SEEDS = {
    "jpeg": _seed("JPEG"),
    "jpeg progressive": _seed("JPEG", progressive=True),
    "jpeg cmyk": _seed("JPEG", "CMYK"),
    "png": _seed("PNG"),
    "png palette": _seed("PNG", "P", transparency=3),
    "png animated": _frames("PNG"),
    "bmp": _seed("BMP"),
    "bmp run lengths": _run_length_bmp(),
    "gif": _seed("GIF", "P", transparency=3),
    "gif animated": _frames("GIF"),
    "webp": _seed("WEBP"),
    "webp lossless": _seed("WEBP", "RGBA", lossless=True),
    "webp animated": _frames("WEBP"),
    "tiff": _seed("TIFF"),
    "tiff lzw": _seed("TIFF", compression="tiff_lzw"),
    "tiff deflate": _seed("TIFF", "L", compression="tiff_deflate"),
    "tiff fax": _seed("TIFF", "1", compression="group4"),
    "tiff jpeg": _seed("TIFF", compression="jpeg"),
    "tiff float": _seed("TIFF", "F"),
}


def _mutated(seed: bytes, chance: random.Random) -> bytes:
    data = bytearray(seed)
    header = min(len(data), 120)
    for _ in range(chance.randint(1, 5)):
        kind = chance.randrange(6)
        at = chance.randrange(len(data)) if data else 0
        if kind == 0 and data:
            data[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            data[at:at] = chance.randbytes(chance.randint(1, 40))
        elif kind == 3 and data:  # sizes, counts and offsets lie at the front
            data[chance.randrange(min(header, len(data)))] = chance.choice([0, 1, 127, 128, 255])
        elif kind == 4:
            at = chance.randrange(header)
            data[at : at + 4] = chance.choice(
                [b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"]
            )
        else:
            del data[at : at + chance.randint(1, 60)]
    return bytes(data)


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_files_open_or_are_refused(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert open_picture(SEEDS[name]).pixels.shape[2] == 3
    chance = random.Random(name)
    refused = 0
    for _ in range(MUTATIONS):
        data = _mutated(SEEDS[name], chance)
        started = time.monotonic()
        try:
            picture = open_picture(data, "mutated")
        except PictureError:
            refused += 1
        else:
            assert picture.pixels.dtype == np.uint8
            assert picture.pixels.ndim == 3
        assert time.monotonic() - started < BOUND_S
    assert refused > 0
    if sys.platform != "win32":  # libtiff's lines cannot be turned off there
        assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("length", [1, 2, 16, 500, 20_000])
@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"BM",
        b"GIF89a",
        b"RIFF\xff\0\0\0WEBPVP8X",
        b"II*\0",
    ],
)
def test_noise_is_refused(start: bytes, length: int) -> None:
    with pytest.raises(PictureError):
        open_picture(start + random.Random(length).randbytes(length))
