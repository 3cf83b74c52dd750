"""What cannot be opened is refused soon, in one sentence that names the file."""

import io
import os
import struct
import sys
import time
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageFile

from handwrite_gui.imaging import open_picture as module
from handwrite_gui.imaging.errors import PictureError
from handwrite_gui.imaging.open_picture import open_picture

PAGE = Image.new("RGB", (30, 20), "white")


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
    data = encoded(PAGE, "JPEG", progressive=True)
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


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "GIF", "TIFF"])
def test_what_begins_as_a_picture_is_called_damaged_wherever_it_ends(file_format: str) -> None:
    data = encoded(PAGE, file_format)
    for length in (4, 8, 20, len(data) // 2):
        assert "is damaged or incomplete" in refusal(data[:length], f"scan.{file_format.lower()}")


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
    data = encoded(PAGE, "TIFF")
    return data.replace(struct.pack("<HHII", 277, 3, 1, 3), struct.pack("<HHII", 277, 3, 1, 9999))


@pytest.mark.skipif(sys.platform == "win32", reason="libtiff is linked in without its switch")
@pytest.mark.parametrize("damaged", [_damaged_tiff, _tiff_with_too_many_samples])
def test_decoders_print_nothing(
    capfd: pytest.CaptureFixture[str], damaged: Callable[[], bytes]
) -> None:
    refusal(damaged())
    assert capfd.readouterr() == ("", "")
