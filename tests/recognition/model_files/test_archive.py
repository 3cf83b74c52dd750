"""The zip archive of a model file: whole, of three members, and never larger than it may be."""

import struct
import sys
import time
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from handwrite_gui.recognition.model_files.archive import (
    CONFIG,
    METADATA,
    MOST_BYTES,
    WEIGHTS,
    ModelRefusedError,
    read_members,
    read_model_file,
)

MEMBERS = {METADATA: b"{}", CONFIG: b'{"class_name": 1}', WEIGHTS: bytes(range(200))}
Quick = Callable[..., None]
#: What a damaged archive may be refused with; `load_model` makes one sentence of each.
REFUSALS = (ModelRefusedError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
LOCAL, CENTRAL = b"PK\3\4", b"PK\1\2"


def pack(
    members: dict[str, bytes] = MEMBERS, compression: int = zipfile.ZIP_STORED, comment: bytes = b""
) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        archive.comment = comment
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def edited(content: bytes, mark: bytes, member: int, offset: int, new: bytes) -> bytes:
    """Overwrite bytes in the header of the nth member."""
    at = -1
    for _ in range(member + 1):
        at = content.index(mark, at + 1)
    return content[: at + offset] + new + content[at + offset + len(new) :]


@pytest.fixture
def quick() -> Quick:
    """Checks that an archive is refused soon and without taking memory."""

    def check(content: bytes, says: str | None = None) -> None:
        tracemalloc.start()
        start = time.process_time()
        try:
            with pytest.raises(REFUSALS, match=says):
                read_members(content)
            assert tracemalloc.get_traced_memory()[1] < MOST_BYTES + len(content)
        finally:
            tracemalloc.stop()
        assert time.process_time() - start < 5

    return check


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_come_back(compression: int) -> None:
    assert read_members(pack(compression=compression)) == MEMBERS


def test_members_with_their_sizes_behind_them() -> None:
    class Pipe(BytesIO):
        def seekable(self) -> bool:
            return False

    file = Pipe()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    assert read_members(file.getvalue()) == MEMBERS


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_archive_cut_at_every_byte(compression: int) -> None:
    content = pack(compression=compression)
    for length in range(len(content)):
        with pytest.raises(ModelRefusedError, match="no whole zip archive"):
            read_members(content[:length])


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_changed_bytes_never_change_a_member(compression: int) -> None:
    """Or are found: names, sizes and checksums stand there twice."""
    content, rng, refused = pack(compression=compression), np.random.default_rng(1), 0
    for _ in range(2000):
        changed = bytearray(content)
        for place in rng.integers(len(content), size=rng.integers(1, 4)):
            changed[place] = rng.integers(256)
        try:
            assert read_members(bytes(changed)) == MEMBERS
        except REFUSALS:
            refused += 1
    assert refused > 1000


@pytest.mark.parametrize(
    "name",
    [
        "../config.json",
        "/config.json",
        "..\\config.json",
        "C:\\config.json",
        "./config.json",
        "CONFIG.JSON",
        "config.json/",
        "assets/vocabulary.txt",
        "model.weights.npz",
    ],
)
def test_other_names(name: str) -> None:
    other = {name if key == CONFIG else key: value for key, value in MEMBERS.items()}
    for members in (other, MEMBERS | {name: b"x"}):
        with pytest.raises(ModelRefusedError, match="is no Keras model"):
            read_members(pack(members))


def test_name_that_goes_on_after_a_zero_byte() -> None:
    other = {f"{CONFIG}0../x" if key == CONFIG else key: value for key, value in MEMBERS.items()}
    with pytest.raises(ModelRefusedError, match="is no Keras model"):
        read_members(pack(other).replace(b".json0..", b".json\0.."))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_same_name_twice() -> None:
    file = BytesIO(pack({METADATA: b"{}", CONFIG: b"{}"}))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(CONFIG, b"{}")
    with pytest.raises(ModelRefusedError, match="is no Keras model"):
        read_members(file.getvalue())


@pytest.mark.parametrize("name", MEMBERS)
def test_member_missing(name: str) -> None:
    with pytest.raises(ModelRefusedError, match="is no Keras model"):
        read_members(pack({key: value for key, value in MEMBERS.items() if key != name}))


def test_name_that_stands_otherwise_before_the_member(quick: Quick) -> None:
    quick(edited(pack(), LOCAL, 1, 30, b"../onfig"), "differ")


def test_encrypted_member(quick: Quick) -> None:
    content = edited(pack(), LOCAL, 1, 6, b"\1")
    quick(edited(content, CENTRAL, 1, 8, b"\1"), "encrypted")


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_keras_does_not_use(compression: int, quick: Quick) -> None:
    quick(pack(compression=compression), "compressed in a way that Keras does not use")


@pytest.mark.parametrize(
    "content",
    [b"#!/bin/sh\n" + pack(), pack() + b"\0", pack(comment=b"by me"), b"", b"PK", b"\0" * 5000],
)
def test_archive_with_something_around_it(content: bytes, quick: Quick) -> None:
    quick(content, "no whole zip archive")


def test_two_members_of_the_same_bytes(quick: Quick) -> None:
    """As in "A better zip bomb" (Fifield 2019), whose members share what they unpack to."""
    content = pack({METADATA: b"{}", CONFIG: b"{}", WEIGHTS: b"{}"})
    quick(edited(content, CENTRAL, 2, 42, struct.pack("<L", 0)), "not where they should be")
    quick(edited(content, CENTRAL, 0, 20, struct.pack("<L", 500)), "not where they should be")
    quick(edited(content, CENTRAL, 2, 20, struct.pack("<L", 500)), "not where they should be")


def test_archive_at_the_end_of_another_file(quick: Quick) -> None:
    file = BytesIO(b"\x89HDF\r\n\x1a\n" + bytes(500))
    with zipfile.ZipFile(file, "a") as archive:
        for name, content in MEMBERS.items():
            archive.writestr(name, content)
    quick(file.getvalue(), "not where they should be")


def test_bomb_that_says_how_large_it_is(quick: Quick) -> None:
    bomb = pack(MEMBERS | {METADATA: bytes(MOST_BYTES)}, zipfile.ZIP_DEFLATED)
    quick(bomb, "larger than 32 MB when unpacked")


def test_bomb_that_lies_about_its_size(quick: Quick) -> None:
    size = struct.pack("<L", 150_000_000)
    bomb = pack(MEMBERS | {METADATA: bytes(150_000_000)}, zipfile.ZIP_DEFLATED)
    assert bomb.count(size) == 2
    quick(bomb.replace(size, struct.pack("<L", 100)))


def test_description_that_is_too_long(quick: Quick) -> None:
    quick(pack(MEMBERS | {CONFIG: b" " * (2**20 + 1)}), "larger than 32 MB when unpacked")


def bomb_of_entries(count: int) -> bytes:
    """An archive of 46 bytes for each member, for which zipfile would take ten times as many."""
    member = b"PK\1\2" + bytes(42)
    return member * count + struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, len(member) * count, 0, 0
    )


def test_bomb_of_members(quick: Quick) -> None:
    quick(bomb_of_entries(600_000), "is no Keras model")
    quick(bomb_of_entries(80), "is no Keras model")


def test_bomb_of_members_behind_the_large_form_of_the_end(quick: Quick) -> None:
    """Where zipfile finds its record of 64 bits, it follows that one."""
    bomb = bomb_of_entries(600_000)[:-22]
    large = struct.pack(
        "<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 600_000, 600_000, len(bomb), 0
    ) + struct.pack("<4sLQL", b"PK\6\7", 0, len(bomb), 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 3, 3, len(large) + 138, len(bomb) - 138, 0)
    quick(bomb + large + end, "no whole zip archive")


# The file


def test_file_is_read_as_it_is(tmp_path: Path) -> None:
    for name in ("some.keras", "SOME.KERAS"):
        (tmp_path / name).write_bytes(b"weights")
        assert read_model_file(tmp_path / name) == b"weights"


@pytest.mark.parametrize("name", ["old.h5", "old.hdf5", "model.pkl", "model.pt", "model", "a.zip"])
def test_other_formats(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(pack())
    with pytest.raises(ModelRefusedError, match=r"^is no \.keras file$"):
        read_model_file(tmp_path / name)


def test_folders(tmp_path: Path) -> None:
    for name in ("saved_model", "saved.keras"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "saved_model.pb").touch()
        with pytest.raises(ModelRefusedError, match=r"is a folder, where one \.keras file"):
            read_model_file(tmp_path / name)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ModelRefusedError, match="is not there"):
        read_model_file(tmp_path / "some.keras")


def test_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "some.keras").open("wb") as file:
        file.truncate(2 * MOST_BYTES)
    tracemalloc.start()
    try:
        with pytest.raises(ModelRefusedError, match="larger than 32 MB"):
            read_model_file(tmp_path / "some.keras")
        assert tracemalloc.get_traced_memory()[1] < 1.5 * MOST_BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="has no /dev/zero")
def test_device_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "some.keras").symlink_to("/dev/zero")
    with pytest.raises(ModelRefusedError, match=r"^is no \.keras file$"):
        read_model_file(tmp_path / "some.keras")


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "some.keras").touch()

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ModelRefusedError, match=r"^cannot be read \(Permission denied\)$"):
        read_model_file(tmp_path / "some.keras")
