"""HDF5 as h5py writes it, held against h5py; and files that somebody made to do harm."""

import io
import struct
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from handwrite_gui.recognition.model_files.hdf5 import Hdf5Error, Hdf5File

PATH, SECOND = "layers/dense/vars/0", "layers/dense/vars/1"
ARRAY = np.arange(12, dtype=np.float32).reshape(3, 4)


def file_with(fill: Callable[[h5py.File], object], **options: object) -> bytes:
    file = io.BytesIO()
    with h5py.File(file, "w", **options) as weights:
        fill(weights)
    return file.getvalue()


def two_arrays(weights: h5py.File) -> None:
    weights[PATH] = ARRAY
    weights["layers/dense/vars"].attrs["name"] = "dense"
    weights[SECOND] = ARRAY[0] + 0.5


@pytest.fixture(scope="module")
def content() -> bytes:
    return file_with(two_arrays)


def refused(content: bytes, says: str = "has weights in a form that Keras does not write") -> None:
    with pytest.raises(Hdf5Error, match=f"^{says}"):
        Hdf5File(content).array(PATH)


def header_of(content: bytes, path: str) -> int:
    """Where the header of a group or an array begins."""
    with h5py.File(io.BytesIO(content), "r") as file:
        return int(h5py.h5o.get_info(file[path].id).addr)


def test_arrays_are_those_that_h5py_reads(content: bytes) -> None:
    file = Hdf5File(content)
    array = file.array(PATH)
    assert array is not None
    assert array.dtype == np.float32
    assert (array == ARRAY).all()
    assert file.array(SECOND) == pytest.approx(ARRAY[0] + 0.5)


def test_every_array_of_many_groups() -> None:
    rng = np.random.default_rng(1)
    arrays = {
        f"layers/{kind}_{number}/vars/{index}": rng.normal(size=(3,) * index).astype(np.float32)
        for kind in ("dense", "batch_normalization")
        for number in range(150)
        for index in range(1, 5)
    }

    def fill(weights: h5py.File) -> None:
        for path, array in arrays.items():
            weights[path] = array
            weights[path].parent.attrs["name"] = path

    file = Hdf5File(file_with(fill))
    for path, array in arrays.items():
        read = file.array(path)
        assert read is not None
        assert read.shape == array.shape
        assert (read == array).all()


@pytest.mark.parametrize(
    "path", ["layers", "layers/conv2d/vars/0", "layers/dense/vars/2", "", "/", "layers//dense"]
)
def test_what_is_not_there(content: bytes, path: str) -> None:
    file = Hdf5File(content)
    if path == "layers":
        with pytest.raises(Hdf5Error):
            file.array(path)
    else:
        assert file.array(path) is None


def test_way_that_leads_through_an_array(content: bytes) -> None:
    with pytest.raises(Hdf5Error):
        Hdf5File(content).array(f"{PATH}/0")


# What Keras does not write


@pytest.mark.parametrize(
    "kind",
    [
        *("f8", "f2", ">f4", "u4", "i4", "V4", "S4", "3f4"),
        *(h5py.string_dtype(), h5py.ref_dtype, h5py.regionref_dtype, h5py.vlen_dtype("f4")),
    ],
)
def test_other_kinds_of_numbers(kind: object) -> None:
    refused(file_with(lambda weights: weights.create_dataset(PATH, (3, 4), kind)))


def test_kind_that_has_a_name_of_its_own() -> None:
    def fill(weights: h5py.File) -> None:
        weights["kind"] = np.dtype("f4")
        weights.create_dataset(PATH, data=ARRAY, dtype=weights["kind"])

    refused(file_with(fill))


@pytest.mark.parametrize(
    "options",
    [
        {"compression": "gzip"},
        {"chunks": (1, 4)},
        {"shuffle": True},
        {"maxshape": (None, 4)},
        {"fletcher32": True},
    ],
)
def test_packed_arrays(options: dict[str, object]) -> None:
    refused(file_with(lambda weights: weights.create_dataset(PATH, data=ARRAY, **options)))


def test_bomb_of_a_packed_array() -> None:
    """A gigabyte of zeros, packed a thousandfold and declared as it is."""

    def fill(weights: h5py.File) -> None:
        weights.create_dataset(PATH, (2**28,), "f4", chunks=(2**22,), compression="gzip")

    refused(file_with(fill))


def test_array_that_is_declared_and_not_there() -> None:
    refused(
        file_with(lambda weights: weights.create_dataset(PATH, (2**40,), "f4")),
        "has damaged weights",
    )


@pytest.mark.parametrize("kind", ["soft", "external", "virtual", "storage"])
def test_arrays_elsewhere(tmp_path: Path, content: bytes, kind: str) -> None:
    other = tmp_path / "other.h5"
    other.write_bytes(content)
    (tmp_path / "raw").write_bytes(ARRAY.tobytes())

    def fill(weights: h5py.File) -> None:
        if kind == "soft":
            weights["kept"] = ARRAY
            weights[PATH] = h5py.SoftLink("/kept")
        elif kind == "external":
            weights[PATH] = h5py.ExternalLink(str(other), PATH)
        elif kind == "virtual":
            layout = h5py.VirtualLayout(ARRAY.shape, "f4")
            layout[...] = h5py.VirtualSource(str(other), PATH, ARRAY.shape)
            weights.create_virtual_dataset(PATH, layout)
        else:
            storage = [(str(tmp_path / "raw"), 0, ARRAY.nbytes)]
            weights.create_dataset(PATH, ARRAY.shape, "f4", external=storage)

    # On the disk: in memory, the library crashes as it follows a link.
    with h5py.File(tmp_path / "some.h5", "w") as weights:
        fill(weights)
    with h5py.File(tmp_path / "some.h5", "r") as file:
        assert (file[PATH][()] == ARRAY).all()
    written = (tmp_path / "some.h5").read_bytes()
    refused(written, "has weights (elsewhere|in a form that Keras does not write)")


@pytest.mark.parametrize(
    "options", [{"libver": "latest"}, {"libver": "v108"}, {"userblock_size": 512}]
)
def test_other_forms_of_the_format(options: dict[str, object]) -> None:
    refused(file_with(two_arrays, **options))


# What somebody made to do harm


def test_group_that_holds_itself() -> None:
    def fill(weights: h5py.File) -> None:
        two_arrays(weights)
        weights["layers/dense/layers"] = weights["layers"]

    file = Hdf5File(file_with(fill))
    array = file.array("layers/dense/" * 500 + PATH)
    assert array is not None
    assert (array == ARRAY).all()


def test_tree_that_holds_itself(content: bytes) -> None:
    """At every level the same node, with as many entries as it can have."""
    tree = content.index(b"TREE")
    for level, used in ((1, 1), (3, 64), (3, 65535), (255, 64)):
        node = b"TREE" + struct.pack("<BBHQQ", 0, level, used, 0, 0)
        node += struct.pack("<QQ", 0, tree) * 64
        refused(content[:tree] + node + content[tree + len(node) :], "has (weights|damaged)")


def test_header_that_goes_on_in_itself(content: bytes) -> None:
    header = header_of(content, PATH)
    message = struct.pack("<HHB3xQQ", 16, 16, 0, header + 16, 2**20)
    again = struct.pack("<BBHII4x", 1, 0, 65535, 1, 24) + message
    start = time.process_time()
    refused(content[:header] + again + content[header + len(again) :], "has (weights|damaged)")
    assert time.process_time() - start < 2


def test_header_of_endless_messages(content: bytes) -> None:
    """Each of another kind and as long as it can be, in a file that is large itself."""
    messages = b"".join(
        struct.pack("<HHB3x", kind, 2**16 - 8, 0) + bytes(2**16 - 8) for kind in range(100, 400)
    )
    header = header_of(content, PATH)
    more = struct.pack("<HHB3xQQ", 16, 16, 0, len(content), len(messages))
    again = struct.pack("<BBHII4x", 1, 0, 65535, 1, 24 * 5) + more * 5
    large = content[:header] + again + content[header + len(again) :] + messages
    tracemalloc.start()
    try:
        refused(large)
        assert tracemalloc.get_traced_memory()[1] < 2**20
    finally:
        tracemalloc.stop()


def test_names_without_an_end(content: bytes) -> None:
    data = content.index(b"layers\0")
    large = content[:data] + b"x" * (2**24)
    start = time.process_time()
    refused(large, "has (damaged weights|weights that end)")
    assert time.process_time() - start < 2


@pytest.mark.parametrize("rank", [0, 1, 32, 255])
def test_other_ranks_than_there_are_numbers(content: bytes, rank: int) -> None:
    space = content.index(struct.pack("<BBB5xQQ", 1, 2, 1, *ARRAY.shape))
    changed = content[: space + 1] + bytes([rank]) + content[space + 2 :]
    refused(changed, "has (damaged weights|weights that end too early)")


@pytest.mark.parametrize("shape", [(2**62, 4), (2**63, 2), (0, 4), (2**32, 2**32), (3, 5)])
def test_shapes_that_do_not_fit_the_numbers(content: bytes, shape: tuple[int, int]) -> None:
    space = content.index(struct.pack("<BBB5xQQ", 1, 2, 1, *ARRAY.shape))
    changed = content[: space + 8] + struct.pack("<QQ", *shape) + content[space + 24 :]
    refused(changed, "has damaged weights")


def read_both(content: bytes) -> None:
    file = Hdf5File(content)
    for path in (PATH, SECOND):  # The second one's numbers are the last in the file.
        assert file.array(path) is not None


def test_file_cut_at_every_byte(content: bytes) -> None:
    for length in range(len(content)):
        with pytest.raises(Hdf5Error):
            read_both(content[:length])


def test_changed_bytes(content: bytes) -> None:
    """Give an array, or none, or the one error: never another, never a wait."""
    rng, refused = np.random.default_rng(2), 0
    start = time.process_time()
    for _ in range(3000):
        changed = bytearray(content)
        for place in rng.integers(len(content), size=rng.integers(1, 10)):
            changed[place] = rng.choice([0, 1, 127, 128, 255, rng.integers(256)])
        try:
            array = Hdf5File(bytes(changed)).array(PATH)
        except Hdf5Error:
            refused += 1
        else:
            assert array is None or array.nbytes <= len(content)
    assert refused > 100
    assert time.process_time() - start < 30
