"""Reads float32 arrays out of HDF5 files of the one form in which h5py writes Keras's weights.

The HDF5 library follows links out of a file and unpacks without end, and damaged files have made
it write beyond its own memory. A model of unknown origin never gets there: Keras needs little of
the format, and that little is read here, with every place checked. All else is refused.

Source: "HDF5 File Format Specification Version 3.0", The HDF Group; sections are named after it.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: Headers, nodes and their entries that are looked at in one file: a layer has about fifty.
_MOST_PLACES = 50_000
#: Entries of one node; h5py's nodes have at most 32.
_MOST_ENTRIES = 64
_MOST_LEVELS = 4
_MOST_NAME_BYTES = 256

#: The first superblock (II.A), with lengths and places of eight bytes.
_BEGINNING = b"\x89HDF\r\n\x1a\n\0\0\0\0\0\x08\x08\0"
_BASE_AT, _ROOT_AT = 24, 64
#: Little-endian IEEE 754 of 32 bits (IV.A.2.d).
_FLOAT32 = bytes.fromhex("11201f000400000000002000170800177f000000")
#: Messages of an object's header (IV.A.2).
_DATASPACE, _DATATYPE, _EXTERNAL, _LAYOUT, _FILTERS, _CONTINUATION, _GROUP = 1, 3, 7, 8, 11, 16, 17
_MEANT = {_DATASPACE, _DATATYPE, _EXTERNAL, _LAYOUT, _FILTERS, _GROUP}
_CONTIGUOUS = (3, 1)
_HARD_LINKS = (0, 1)

_DAMAGED = "has damaged weights"
_STRANGE = "has weights in a form that Keras does not write"


class Hdf5Error(Exception):
    """What is wrong with the file, as the end of a sentence that begins with its name."""


class Hdf5File:
    """The groups and arrays of one file that lies in memory.

    Raises:
        Hdf5Error: It does not begin as h5py's files do.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._places_left = _MOST_PLACES
        self._groups: dict[int, dict[str, int]] = {}
        if not content.startswith(_BEGINNING) or self._unpack("<Q", _BASE_AT) != (0,):
            raise Hdf5Error(_STRANGE)
        (self._root,) = self._unpack("<Q", _ROOT_AT)

    def array(self, path: str) -> NDArray[np.float32] | None:
        """Return the array at a path such as `layers/dense/vars/0`, or None where none is.

        Returns:
            A read-only view of the file's bytes, of whatever shape is declared.

        Raises:
            Hdf5Error: The way there, or the array itself, is damaged or of another form.
        """
        header = self._root
        for name in path.split("/"):
            members = self._members(header)
            if name not in members:
                return None
            header = members[name]
        return self._array(header)

    def _members(self, header: int) -> dict[str, int]:
        """Where the header of each member of a group is, by the member's name."""
        if header not in self._groups:
            messages = self._messages(header)
            if _GROUP not in messages:
                raise Hdf5Error(_STRANGE)
            tree, heap = _fields("<QQ", messages[_GROUP])
            _, names = self._unpack("<4s20xQ", heap, b"HEAP")
            self._groups[header] = dict(self._entries(tree, names, _MOST_LEVELS))
        return self._groups[header]

    def _entries(self, tree: int, names: int, levels: int) -> Iterator[tuple[str, int]]:
        """Walk a group's tree (III.A.1) down to its symbol table nodes (III.B)."""
        _, kind, level, used = self._unpack("<4sBBH", tree, b"TREE")
        if kind != 0 or level >= levels or used > _MOST_ENTRIES:
            raise Hdf5Error(_STRANGE)
        for index in range(used):
            (child,) = self._unpack("<Q", tree + 32 + 16 * index)
            if level:
                yield from self._entries(child, names, level)
            else:
                yield from self._symbols(child, names)

    def _symbols(self, node: int, names: int) -> Iterator[tuple[str, int]]:
        _, used = self._unpack("<4s2xH", node, b"SNOD")
        if used > _MOST_ENTRIES:
            raise Hdf5Error(_STRANGE)
        for index in range(used):
            name, header, link = self._unpack("<QQI", node + 8 + 40 * index)
            if link not in _HARD_LINKS:
                raise Hdf5Error("has weights elsewhere")
            start = names + name
            end = self._content.find(b"\0", start, start + _MOST_NAME_BYTES)
            if end < 0:
                raise Hdf5Error(_DAMAGED)
            yield self._content[start:end].decode(errors="replace"), header

    def _messages(self, header: int) -> dict[int, bytes]:
        """Data of the messages in an object's header (IV.A.1.a), by their kinds."""
        version, count, size = self._unpack("<BxH4xI", header)
        if version != 1:
            raise Hdf5Error(_STRANGE)
        messages: dict[int, bytes] = {}
        blocks = [(header + 16, size)]
        for at, size in blocks:
            end = at + size
            while at + 8 <= end and count > 0:
                kind, length = self._unpack("<HH", at)
                data = self._content[at + 8 : at + 8 + length]
                if kind == _CONTINUATION:
                    blocks.append(_fields("<QQ", data))
                elif kind in _MEANT:
                    messages[kind] = data
                at += 8 + length
                count -= 1
        return messages

    def _array(self, header: int) -> NDArray[np.float32]:
        messages = self._messages(header)
        is_whole = {_DATASPACE, _DATATYPE, _LAYOUT} <= messages.keys()
        if not is_whole or messages.keys() & {_EXTERNAL, _FILTERS}:
            raise Hdf5Error(_STRANGE)
        version, rank = _fields("<BB", messages[_DATASPACE])
        layout = _fields("<BB", messages[_LAYOUT])
        is_float32 = messages[_DATATYPE].startswith(_FLOAT32)
        if version != 1 or layout != _CONTIGUOUS or not is_float32:
            raise Hdf5Error(_STRANGE)
        shape = _fields(f"<8x{rank}Q", messages[_DATASPACE])
        at, size = _fields("<2xQQ", messages[_LAYOUT])
        if size != 4 * math.prod(shape) or at + size > len(self._content):
            raise Hdf5Error(_DAMAGED)
        return np.frombuffer(self._content, "<f4", size // 4, at).reshape(shape)

    def _unpack(self, form: str, at: int, mark: bytes | None = None) -> tuple[Any, ...]:
        """Read the fields at a place, which must begin with a mark where one is given."""
        self._places_left -= 1
        fields = _fields(form, self._content[at : at + struct.calcsize(form)])
        if self._places_left < 0 or mark not in (None, fields[0]):
            raise Hdf5Error(_DAMAGED)
        return fields


def _fields(form: str, data: bytes) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(form, data)
    except struct.error as error:
        raise Hdf5Error("has weights that end too early") from error
