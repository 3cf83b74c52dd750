"""Every format and pixel mode opens upright in plain RGB."""

import io
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

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
