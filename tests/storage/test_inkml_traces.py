"""The text of a trace: InkML 2011, section 3.2.1."""

from collections.abc import Callable

import numpy as np
import pytest

from handwrite_gui.storage import inkml_traces
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml import InkFile
from handwrite_gui.storage.inkml_format import Channel, TraceFormat
from handwrite_gui.storage.inkml_traces import TraceDecoder, decode_together

Read = Callable[[str | bytes], InkFile]


def decode(text: str, *names: str, intermittent: tuple[str, ...] = ()) -> list[list[float]]:
    """Points of x, y, time and force."""
    trace_format = TraceFormat(
        [Channel(name) for name in names or ("X", "Y")], [Channel(name) for name in intermittent]
    )
    decoder = TraceDecoder(trace_format)
    decoder.feed(text)
    return decoder.close().tolist()


def xy(text: str) -> list[tuple[float, float]]:
    return [(x, y) for x, y, *_ in decode(text)]


def test_example_of_the_recommendation() -> None:
    """Regular channels X and Y, and two buttons that stand there only where they are pressed."""
    text = """
        1125 18432,'23'43,"7"-8,3-5,7 -3,6 2,6 8,3 6 T,2 4*T,3 6,3-6 F F
    """
    points = decode(text, "X", "Y", intermittent=("T", "F"))  # Named so that they are returned.
    x, y, first, second = np.transpose(points).tolist()
    assert x == [1125, 1148, 1178, 1211, 1251, 1297, 1349, 1404, 1461, 1521, 1584]
    assert y == [18432, 18475, 18510, 18540, 18567, 18596, 18633, 18676, 18723, 18776, 18823]
    nothing = [np.nan] * 7
    np.testing.assert_equal(first, [*nothing, 1, 1, np.nan, 0])
    np.testing.assert_equal(second, [*nothing, np.nan, 1, np.nan, 0])


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1 2", [(1, 2)]),
        ("1 2,3 4", [(1, 2), (3, 4)]),
        (" 1\t2 ,\r\n\n 3  4\n", [(1, 2), (3, 4)]),
        ("1 2, 3 4,", [(1, 2), (3, 4)]),
        ("-1-2,3-4", [(-1, -2), (3, -4)]),
        ("- 1 -2, 3 - 4", [(-1, -2), (3, -4)]),
        ("+1+2", [(1, 2)]),
        ("1.5 .5, 2. 3", [(1.5, 0.5), (2, 3)]),
        ("1e3 2E-1", [(1000, 0.2)]),
        ("1e3-2", [(1000, -2)]),
        ("#1F -#10", [(31, -16)]),
        ("!1!2", [(1, 2)]),
        ("1 2,'3'4,5 6", [(1, 2), (4, 6), (9, 12)]),
        ("1 2,' 3 ' -4", [(1, 2), (4, -2)]),
        ("1 2,'3'4,!5!6,7 8", [(1, 2), (4, 6), (5, 6), (7, 8)]),
        ("0 0,'1'1,\"1\"2,1 2", [(0, 0), (1, 1), (3, 4), (6, 9)]),
        ("0 5,'1 6,1 7", [(0, 5), (1, 6), (2, 7)]),
        # A "*" says the last number again, in the sense that it had.
        ("1 2,* 4,* *", [(1, 2), (1, 4), (1, 4)]),
        ("1 2,'3'4,* *", [(1, 2), (4, 6), (7, 10)]),
        ("0 0,'1'1,\"1\"1,* *,* *", [(0, 0), (1, 1), (3, 3), (6, 6), (10, 10)]),
    ],
)
def test_numbers(text: str, points: list[tuple[float, float]]) -> None:
    assert xy(text) == points


def test_what_a_point_does_not_say_is_not_known() -> None:
    np.testing.assert_equal(xy("1 2,? 4,5 ?"), [(1, 2), (np.nan, 4), (5, np.nan)])


def test_only_points_that_are_somewhere_are_kept(read_text: Read) -> None:
    (stroke,) = read_text("<trace>1 2,? 4,5 6</trace>").ink.strokes
    assert stroke.points.tolist() == [[1, 2, 0, 0.5], [5, 6, 20, 0.5]]


@pytest.mark.parametrize(
    "text",
    [
        *("1", "1 2 3", "1 2,3", "1 2,3,4 5", "1 2 3,4", "1 2,,3 4", "1 2,,", "1 2,3 4 5,6"),
        *("nan 1", "inf 1", "1 2,NaN 3", "1_0 2", "x y", "1 2;3 4", "1 2, 3 - ", "1 --2"),
        *("1 2e", "1 0x10", "1 2'", "' 1 2,'", "1 #G", "1 2,3 4&amp;", "١ ٢", "1 2 ∞"),
    ],
)
def test_what_is_no_trace_is_refused(read_text: Read, text: str) -> None:
    with pytest.raises(StorageError, match=r"^“some\.inkml” holds a trace whose points "):
        read_text(f"<trace>{text}</trace>")


@pytest.mark.parametrize(
    "text",
    [
        *("1e999 1", "1 -1e999", "1e101 1", "9" * 400 + " 1", "#" + "F" * 400 + " 1"),
        *("1 1,'1e99'1" + ",9e99 1" * 9, "'1'1", '1 1,"1"1', "'1 1,2 2"),
    ],
)
def test_number_that_no_pen_writes_is_refused(read_text: Read, text: str) -> None:
    with pytest.raises(StorageError, match="holds a number that no pen writes"):
        read_text(f"<trace>{text}</trace>")


@pytest.mark.parametrize("prefixes", ["first", "all"])
@pytest.mark.parametrize(("prefix", "sums"), [("!", 0), ("'", 1), ('"', 2)])
def test_long_traces_are_decoded_like_short_ones(
    prefix: str, sums: int, prefixes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inkml_traces, "BLOCK_CHARS", 1000)
    numbers = np.random.default_rng(4).integers(-9, 9, (2000, 2)).astype(float)
    form = "{:.0f} {:.0f}" if prefixes == "first" else f"{prefix}{{:.0f}}{prefix}{{:.0f}}"
    first, second, *others = numbers.tolist()
    points = ["0 0", "'{}'{}".format(*first), f"{prefix}{second[0]}{prefix}{second[1]}"]
    text = ",".join(points + [form.format(*point) for point in others])
    for _ in range(sums):
        numbers = np.cumsum(numbers, axis=0)
    decoder = TraceDecoder(TraceFormat.default())
    for start in range(0, len(text), 300):
        decoder.feed(text[start : start + 300])
    assert decoder.points > 1900, "decoded while it was fed"
    np.testing.assert_array_equal(decoder.close()[1:, :2], numbers)


def test_many_traces_at_once_are_decoded_like_each_alone() -> None:
    texts = ["1 2, 3 4", "5 6,", " 7 8", "", "1 2,'1'1"]
    for some in (texts[:3], texts):
        decoders = [TraceDecoder(TraceFormat.default()) for _ in some]
        for decoder, text in zip(decoders, some, strict=True):
            decoder.feed(text)
        points, lengths = decode_together(decoders)
        assert lengths == [2, 1, 1, 0, 2][: len(some)]
        np.testing.assert_equal(points.tolist(), [point for text in some for point in decode(text)])


def test_wrong_widths_do_not_make_up_for_each_other(read_text: Read) -> None:
    with pytest.raises(StorageError, match="one number for each channel"):
        read_text("<trace>1 2 3</trace><trace>4</trace>")
