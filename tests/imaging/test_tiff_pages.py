"""Pages of TIFF files: counted, opened one by one, and refused where there are none such."""

import io
import struct
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from handwrite_gui.imaging import tiff_pages
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture, page_count

SHADES = (10, 90, 200)


def tiff(*frames: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:], **options)
    return buffer.getvalue()


def shaded(shade: int, width: int = 20) -> Image.Image:
    return Image.new("L", (width, 10), shade)


@pytest.mark.parametrize("options", [{}, {"compression": "tiff_lzw"}, {"big_tiff": True}])
def test_each_page_is_opened_by_its_number(options: dict[str, object]) -> None:
    data = tiff(*(shaded(shade, 20 + n) for n, shade in enumerate(SHADES)), **options)
    assert page_count(data) == 3
    for page, shade in enumerate(SHADES):
        picture = open_picture(data, "scan.tif", page)
        assert (picture.page, picture.page_count) == (page, 3)
        assert picture.size == (20 + page, 10)
        assert np.unique(picture.pixels).tolist() == [shade]


@pytest.mark.parametrize("page", [3, -1])
def test_a_page_that_it_has_not_is_refused(page: int) -> None:
    data = tiff(*map(shaded, SHADES))
    with pytest.raises(PictureError, match=r"“scan.tif” has 3 pages and no page -?\d+: choose"):
        open_picture(data, "scan.tif", page)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_one_page(kind: str) -> None:
    buffer = io.BytesIO()
    frames = [shaded(shade).convert("P" if kind == "GIF" else "RGB") for shade in SHADES]
    frames[0].save(buffer, kind, save_all=True, append_images=frames[1:], duration=50)
    assert page_count(buffer.getvalue()) == 1
    assert open_picture(buffer.getvalue()).page_count == 1
    with pytest.raises(PictureError, match="has 1 page and no page 2"):
        open_picture(buffer.getvalue(), "x.gif", 1)


def test_smaller_versions_and_masks_are_no_pages() -> None:
    kinds = iter((0, 1, 4, 2))
    frames = [shaded(shade) for shade in (10, 90, 120, 200)]
    for frame in frames:
        frame.encoderinfo = {"tiffinfo": {254: next(kinds)}}
    data = tiff(*frames)
    assert page_count(data) == 2
    assert open_picture(data, page=1).pixels[0, 0, 0] == 200


def test_pages_before_a_damaged_one_can_be_opened() -> None:
    data = bytearray(tiff(*map(shaded, SHADES)))
    (second,) = struct.unpack_from("<I", data, _next_offset_at(data, 1))
    data[second:] = data[second : second + 3]
    assert page_count(bytes(data)) == 2
    assert open_picture(bytes(data), page=1).pixels[0, 0, 0] == 90


def _next_offset_at(data: bytearray, frame: int) -> int:
    """Where in a little-endian TIFF the offset of the frame after this one is written."""
    (at,) = struct.unpack_from("<I", data, 4)
    for n in range(frame + 1):
        (tags,) = struct.unpack_from("<H", data, at)
        place = at + 2 + 12 * tags
        if n < frame:
            (at,) = struct.unpack_from("<I", data, place)
    return place


@pytest.mark.parametrize("limit", ["MOST_PAGES", "MOST_S"])
def test_more_pages_than_anybody_turns_are_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    data = tiff(*map(shaded, SHADES))
    monkeypatch.setattr(tiff_pages, limit, 1 if limit == "MOST_PAGES" else -1.0)
    opened: tuple[Callable[[], object], ...] = (
        lambda: page_count(data, "scan.tif"),
        lambda: open_picture(data, "scan.tif"),
    )
    for refused in opened:
        with pytest.raises(PictureError, match=r"“scan.tif” has more than .* pages: split it"):
            refused()


def test_pages_that_lead_back_to_themselves_come_to_an_end() -> None:
    data = bytearray(tiff(*map(shaded, SHADES)))
    (first,) = struct.unpack_from("<I", data, 4)
    struct.pack_into("<I", data, _next_offset_at(data, 2), first)
    assert page_count(bytes(data)) == 3
