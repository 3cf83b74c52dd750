"""Every format and pixel mode opens upright in plain RGB; what can't be opened is one sentence."""

import io
import os
import struct
import sys
import time
import tracemalloc
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFile

from handwrite_gui.imaging import open_picture as module
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture


def page() -> NDArray[np.uint8]:
    """A picture that looks different from every side: 30 wide, 20 high, a dark corner."""
    pixels = np.full((20, 30, 3), 240, np.uint8)
    pixels[:8, :8] = (200, 30, 40)
    pixels[12:, 24:] = (10, 20, 120)
    return pixels


def encoded(image: Image.Image, file_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, file_format, **options)
    return buffer.getvalue()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    every = [(b"IHDR", header), *chunks, (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in every
    )


@pytest.mark.parametrize(
    ("file_format", "options"),
    [
        ("PNG", {}),
        ("BMP", {}),
        ("GIF", {}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "tiff_deflate"}),
    ],
)
def test_lossless_formats_open_as_they_were(
    tmp_path: Path, file_format: str, options: dict[str, object]
) -> None:
    path = tmp_path / "a picture 🙂.bin"
    path.write_bytes(encoded(Image.fromarray(page()), file_format, **options))
    picture = open_picture(path)
    assert np.array_equal(picture.pixels, page())
    assert picture.pixels.dtype == np.uint8
    assert picture.name == "a picture 🙂.bin"


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}])
def test_jpeg_opens_nearly_as_it_was(options: dict[str, object]) -> None:
    large = page().repeat(8, axis=0).repeat(8, axis=1)
    picture = open_picture(encoded(Image.fromarray(large), "JPEG", quality=95, **options))
    assert np.abs(picture.pixels.astype(int) - large).mean() < 3
    assert picture.name == "Pasted picture"


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "YCbCr", "LAB"])
def test_pixel_modes_keep_dark_dark_and_light_light(mode: str) -> None:
    grey = Image.fromarray(page()).convert("L")
    if mode == "LAB":
        flat = Image.new("L", grey.size, 128)
        image = Image.merge("LAB", (grey, flat, flat))
    else:
        image = Image.fromarray(page()).convert(mode, dither=Image.Dither.NONE)
    file_format = "PNG" if mode in ("LA", "RGBA", "P") else "TIFF"
    pixels = open_picture(encoded(image, file_format)).pixels
    assert pixels.shape == (20, 30, 3)
    assert pixels[2, 2].mean() < 130
    assert pixels[10, 15].mean() > 220


@pytest.mark.parametrize(
    ("mode", "kind", "paper", "ink", "wanted"),
    [
        ("I;16", "<u2", 60000, 20000, (233, 78)),  # a 16-bit scan, scaled and not clipped
        ("I;16", "<u2", 4000, 1000, (249, 62)),  # 12 bits in 16
        ("I;16", "<u2", 240, 10, (240, 10)),  # 8 bits in 16
        ("I;16B", ">u2", 60000, 20000, (233, 78)),
        ("I", "<i4", 60000, 20000, (233, 78)),
        ("I", "<i4", 900, -100, (249, 0)),  # below zero
        ("F", "<f4", 1.0, 0.25, (255, 64)),
        ("F", "<f4", 200.0, 50.0, (255, 64)),
    ],
)
def test_more_than_eight_bits_are_scaled_by_their_range(
    mode: str, kind: str, paper: float, ink: float, wanted: tuple[int, int]
) -> None:
    values = np.full((12, 12), paper, kind)
    values[3:6, 3:6] = ink
    image = Image.frombytes(mode, (12, 12), values.tobytes())
    pixels = open_picture(encoded(image, "TIFF")).pixels
    assert (pixels[0, 0, 0], pixels[4, 4, 0]) == wanted


def test_sixteen_bit_png_keeps_its_shades() -> None:
    values = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    pixels = open_picture(encoded(Image.fromarray(values), "PNG")).pixels
    assert np.array_equal(pixels[:, :, 0].ravel(), np.arange(256))


def test_numbers_that_are_none_are_black() -> None:
    values = np.full((8, 8), 0.5, np.float32)
    values[0, 0], values[0, 1] = np.nan, np.inf
    pixels = open_picture(encoded(Image.fromarray(values), "TIFF")).pixels
    assert (pixels[0, 0, 0], pixels[0, 1, 0], pixels[5, 5, 0]) == (0, 0, 128)


def _stored(upright: NDArray[np.uint8], orientation: int) -> NDArray[np.uint8]:
    """How a camera held that way stores the picture (EXIF 2.32, tag 0x0112)."""
    swapped = upright.swapaxes(0, 1)
    return {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: swapped,
        6: np.rot90(upright, 1),
        7: swapped[::-1, ::-1],
        8: np.rot90(upright, -1),
    }[orientation]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "WEBP"])
def test_exif_orientation_is_applied(file_format: str, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(_stored(page(), orientation)))
    options: dict[str, object] = {"lossless": True} if file_format == "WEBP" else {}
    picture = open_picture(encoded(image, file_format, exif=exif, **options))
    assert np.array_equal(picture.pixels, page())


@pytest.mark.parametrize(
    "exif",
    [
        b"Exif\0\0",
        b"Exif\0\0garbage that is no directory",
        b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0\x01\0\0\0\xff\xff\xff\xff" * 3,
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
    ],
)
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_a_broken_exif_block_is_no_reason_to_refuse(file_format: str, exif: bytes) -> None:
    data = encoded(Image.fromarray(page()), file_format, exif=exif)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert open_picture(data).size == (30, 20)


def _on_nothing(ink: tuple[int, int, int], alpha: int = 255) -> Image.Image:
    pixels = np.zeros((40, 40, 4), np.uint8)
    pixels[10:30, 18:22] = (*ink, alpha)
    return Image.fromarray(pixels)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [((0, 0, 0), 255), ((120, 20, 20), 255), ((255, 255, 255), 0), ((250, 240, 90), 0)],
)
def test_ink_without_paper_is_laid_where_it_shows(ink: tuple[int, int, int], ground: int) -> None:
    pixels = open_picture(encoded(_on_nothing(ink), "PNG")).pixels
    assert tuple(pixels[0, 0]) == (ground,) * 3
    assert tuple(pixels[20, 20]) == ink


def test_a_page_with_transparent_corners_gets_white_ones() -> None:
    pixels = np.full((40, 40, 4), 255, np.uint8)
    pixels[:3, :3, 3] = 0
    assert (open_picture(encoded(Image.fromarray(pixels), "PNG")).pixels == 255).all()


def test_nothing_at_all_is_white() -> None:
    nothing = Image.new("RGBA", (9, 9), (0, 0, 0, 0))
    assert (open_picture(encoded(nothing, "PNG")).pixels == 255).all()


def test_half_transparent_ink_is_mixed_with_the_ground() -> None:
    pixels = open_picture(encoded(_on_nothing((0, 0, 0), 128), "PNG")).pixels
    assert pixels[20, 20, 0] == pytest.approx(127, abs=1)


def test_transparent_colours_of_palettes_and_keys_show_the_ground() -> None:
    palette = Image.fromarray(page()).convert("P", palette=Image.Palette.ADAPTIVE)
    paper = palette.getpixel((15, 10))
    for data in (
        encoded(palette, "PNG", transparency=paper),
        encoded(palette, "GIF", transparency=paper),
        encoded(Image.fromarray(page()), "PNG", transparency=(240, 240, 240)),
    ):
        pixels = open_picture(data).pixels
        assert tuple(pixels[10, 15]) == (255, 255, 255)
        assert pixels[2, 2].mean() < 130


@pytest.mark.parametrize("file_format", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_several_pictures_the_first_is_opened(file_format: str) -> None:
    first, second = Image.new("RGB", (30, 20), "white"), Image.new("RGB", (30, 20), "black")
    data = encoded(first, file_format, save_all=True, append_images=[second])
    picture = open_picture(data)
    assert picture.size == (30, 20)
    assert (picture.pixels > 250).all()


def refusal(source: Path | bytes, name: str | None = None) -> str:
    with pytest.raises(PictureError) as refused:
        open_picture(source, name)
    sentence = str(refused.value)
    assert sentence.startswith("“")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_files_that_cannot_be_read_are_refused_by_name(tmp_path: Path) -> None:
    empty = tmp_path / "nothing 🙂.png"
    empty.touch()
    text = tmp_path / "letter.jpg"
    text.write_text("Dear reader")
    assert refusal(tmp_path / "gone.png").startswith("“gone.png” does not exist")
    assert refusal(tmp_path).startswith(f"“{tmp_path.name}” is a folder")
    assert refusal(empty).startswith("“nothing 🙂.png” is empty")
    assert refusal(text).startswith("“letter.jpg” is not a picture")
    assert refusal(tmp_path / ("n" * 300)).endswith("choose another file.")
    assert "could not be read" in refusal(tmp_path / "zero\0byte.png")
    assert refusal(b"", "Pasted") == "“Pasted” is empty: choose another picture."
    assert refusal(b"x", "two\nlines\ud800").startswith("“two\N{REPLACEMENT CHARACTER}lines")


def test_a_file_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    secret = tmp_path / "secret.png"
    secret.write_bytes(b"x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(secret).startswith("“secret.png” may not be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_and_devices_are_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    assert "not an ordinary file" in refusal(pipe)
    assert "not an ordinary file" in refusal(Path(os.devnull))


def test_a_bomb_is_refused_before_it_is_decoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(ImageFile.ImageFile, "load", decode)
    path = tmp_path / "bomb.png"
    path.write_bytes(png(50_000, 50_000, (b"IDAT", zlib.compress(bytes(1000)))))
    just_too_large = png(12_000, 10_001, (b"IDAT", zlib.compress(bytes(1000))))
    tracemalloc.start()
    started = time.monotonic()
    try:
        assert "“bomb.png” is too large" in refusal(path)
        assert "is too large" in refusal(just_too_large)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert time.monotonic() - started < 5


def test_a_file_with_too_many_bytes_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "long.png"
    path.write_bytes(png(9, 9) + bytes(1000))
    monkeypatch.setattr(module, "MOST_BYTES", 500)
    assert "is too large" in refusal(path)
    assert "is too large" in refusal(path.read_bytes())


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    data = encoded(Image.fromarray(page()), "JPEG", progressive=True)
    last_scan = data[data.rfind(b"\xff\xda") : -2]
    assert open_picture(data[:-2] + last_scan * 5 + data[-2:]).size == (30, 20)
    assert "is damaged" in refusal(data[:-2] + last_scan * 500 + data[-2:])


def test_a_png_of_text_that_swells_is_refused() -> None:
    text = (b"zTXt", b"note\0\0" + zlib.compress(bytes(1_000_000)))
    assert "is damaged" in refusal(png(9, 9, *[text] * 80, (b"IDAT", zlib.compress(bytes(999)))))


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF"])
def test_truncated_files_are_refused(file_format: str) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (60, 60, 3), dtype=np.uint8)
    data = encoded(Image.fromarray(noise), file_format)
    sentence = refusal(data[: len(data) // 2], "half")
    assert "damaged or incomplete" in sentence or "not a picture" in sentence


def test_what_pillow_raised_is_the_cause() -> None:
    with pytest.raises(PictureError) as refused:
        open_picture(png(9, 9, (b"IDAT", b"no zlib data")))
    assert refused.value.__cause__ is not None


def _damaged_tiff() -> bytes:
    noise = np.random.default_rng(4).integers(0, 255, (60, 60, 3), dtype=np.uint8)
    data = bytearray(encoded(Image.fromarray(noise), "TIFF", compression="tiff_lzw"))
    data[20:400] = bytes(380)
    return bytes(data)


def _tiff_with_too_many_samples() -> bytes:
    data = encoded(Image.fromarray(page()), "TIFF")
    return data.replace(struct.pack("<HHII", 277, 3, 1, 3), struct.pack("<HHII", 277, 3, 1, 9999))


@pytest.mark.skipif(sys.platform == "win32", reason="libtiff is linked in without its switch")
@pytest.mark.parametrize("damaged", [_damaged_tiff, _tiff_with_too_many_samples])
def test_decoders_print_nothing(
    capfd: pytest.CaptureFixture[str], damaged: Callable[[], bytes]
) -> None:
    refusal(damaged())
    assert capfd.readouterr() == ("", "")
