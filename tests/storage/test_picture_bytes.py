import os
from pathlib import Path

import pytest
from PIL import Image

from handwrite_gui.storage.picture_bytes import begins_as_picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "GIF", "WEBP", "TIFF", "PDF"])
def test_pictures_are_known_whatever_their_name_says(kind: str, tmp_path: Path) -> None:
    Image.new("RGB", (9, 9)).save(tmp_path / "a.inkml", kind)
    assert begins_as_picture(tmp_path / "a.inkml")


@pytest.mark.parametrize(
    "content", [b"", b"<svg/>", b"\xef\xbb\xbf<ink/>", b"\xff\xfe<\0i\0", b"7"]
)
def test_ink_and_other_things_are_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(content)
    assert not begins_as_picture(tmp_path / "a.png")


def test_what_cannot_be_read_is_none(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.inkml")
    for name in ("pipe.inkml", "gone.inkml", "a\0b.inkml", "."):
        assert not begins_as_picture(tmp_path / name)
