"""The archive that a `.keras` file is: a zip of three members, read once and within bounds.

It is stricter than zipfile, which looks for an archive anywhere in a file and takes whatever
number of members stands there (PKWARE, "APPNOTE.TXT", sections 4.3.7 and 4.3.16).
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

from handwrite_gui import paths
from handwrite_gui.recognition.errors import RecognitionError

MOST_BYTES = 32 * 1024 * 1024
MOST_CONFIG_BYTES = 1024 * 1024
CONFIG, WEIGHTS, METADATA = "config.json", "model.weights.h5", "metadata.json"

#: Letters of what is wrong with a file.
_MOST_SAID = 250
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Room for the directory of three members and all that a zip program may note of each.
_MOST_DIRECTORY_BYTES = 4096
_END, _MEMBER = struct.Struct("<4s4H2LH"), struct.Struct("<4s22x2H")
_ZIP64_LOCATOR_BYTES = 20


class ModelRefusedError(Exception):
    """What is wrong with a model file, as the end of a sentence that begins with its name."""


def read_model_file(path: Path) -> bytes:
    """Read a model file's bytes, once: what is checked is then what is loaded.

    Raises:
        ModelRefusedError: There is no `.keras` file of at most 32 MB.
    """
    if not path.exists():
        raise ModelRefusedError("is not there")
    if path.is_dir():
        raise ModelRefusedError("is a folder, where one .keras file is needed")
    if path.suffix.lower() != ".keras" or not path.is_file():
        raise ModelRefusedError("is no .keras file")
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ModelRefusedError(f"cannot be read ({error.strerror or error})") from error
    if len(content) > MOST_BYTES:
        raise ModelRefusedError("is larger than 32 MB")
    return content


def refusal(path: Path, what: str) -> RecognitionError:
    """The error of which a person hears: what is wrong with which model, and what to do."""
    # What the file says of itself may be long, hold line breaks, or colours for the terminal.
    shown = "".join(letter if letter.isprintable() else "?" for letter in what)
    shown = shown if len(shown) <= _MOST_SAID else f"{shown[:_MOST_SAID]}…"
    if path.absolute() == paths.numbers_model():
        advice = "install Handwrite again"
    elif path.absolute() in paths.careful_models():
        advice = "install Handwrite again, or name another model with --model"
    else:
        advice = "name another model with --model, or leave --model out"
    return RecognitionError(f"The model {path} {shown}; {advice}.")


def read_members(content: bytes) -> dict[str, bytes]:
    """Unpack the three members, having checked names and sizes first.

    Raises:
        ModelRefusedError: It is no archive as Keras writes them, or unpacks to more than 32 MB.
        Exception: Whatever zipfile and zlib raise on a damaged one.
    """
    directory_start = _check_end(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        # zipfile shortens a name at a zero byte, and takes another one from an extra field.
        names = [entry.filename for entry in entries if entry.filename == entry.orig_filename]
        if sorted(names) != sorted([CONFIG, WEIGHTS, METADATA]) or len(entries) != 3:
            raise ModelRefusedError("is no Keras model")
        if any(entry.compress_type not in _COMPRESSIONS for entry in entries):
            raise ModelRefusedError("is compressed in a way that Keras does not use")
        sizes = {entry.filename: entry.file_size for entry in entries}
        if sum(sizes.values()) > MOST_BYTES or sizes[CONFIG] > MOST_CONFIG_BYTES:
            raise ModelRefusedError("is larger than 32 MB when unpacked")
        _check_places(content, entries, directory_start)
        return {entry.filename: _read_member(archive, entry) for entry in entries}


def _check_end(content: bytes) -> int:
    """Check the archive's last record, and return where its directory starts."""
    if len(content) < _END.size:
        raise ModelRefusedError("is damaged (it is no whole zip archive)")
    mark, *disks, count, size, start, comment = _END.unpack(content[-_END.size :])
    is_whole = mark == b"PK\5\6" and start + size + _END.size == len(content) and not comment
    # A record of the large form would stand before it, and zipfile would follow that one.
    is_large = content[-_END.size - _ZIP64_LOCATOR_BYTES :].startswith(b"PK\6\7")
    if not is_whole or is_large:
        raise ModelRefusedError("is damaged (it is no whole zip archive)")
    if (*disks, count) != (0, 0, 3, 3) or size > _MOST_DIRECTORY_BYTES:
        raise ModelRefusedError("is no Keras model")
    return int(start)


def _check_places(content: bytes, entries: list[zipfile.ZipInfo], directory_start: int) -> None:
    """Refuse members that share bytes, and a file that begins as one of another kind."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        is_free = end <= start <= directory_start - _MEMBER.size and (end > 0 or start == 0)
        end = start + _MEMBER.size + entry.compress_size
        end += sum(_MEMBER.unpack_from(content, start)[1:]) if is_free else 0
        if not is_free or end > directory_start:
            raise ModelRefusedError("is damaged (its members are not where they should be)")


def _read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as member:
        # Asked for all of it, zipfile would first unpack what is there, whatever was declared.
        return member.read(entry.file_size)
