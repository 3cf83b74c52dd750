"""What InkML's elements mean: which traces are ink, and what is known of it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml import InkFile, is_inkml, read_inkml

Read = Callable[[str | bytes], InkFile]

YX = "<traceFormat><channel name='Y'/><channel name='X'/></traceFormat>"


def xy(file: InkFile) -> list[list[list[float]]]:
    return [stroke.xy.tolist() for stroke in file.ink.strokes]


def test_several_traces_without_a_format_are_x_and_y(read_text: Read) -> None:
    file = read_text("<trace>1 2, 3 4</trace><trace>-5 6.5</trace>")
    assert xy(file) == [[[1, 2], [3, 4]], [[-5, 6.5]]]
    assert (file.label, file.unit_mm, file.ink.pen_width) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "<ink><trace>1 2</trace></ink>",
        "<i:ink xmlns:i='http://www.w3.org/2003/InkML'><i:trace>1 2</i:trace></i:ink>",
        "<?xml version='1.0'?><!-- by hand --><?pi so?><ink><trace>1 <!-- and -->2</trace></ink>",
        "<ink><trace><![CDATA[1 2]]></trace></ink>",
        "\ufeff<ink><trace>1&#32;2</trace></ink>",
        "<?xml version='1.0' encoding='utf-16'?><ink><trace>1 2</trace></ink>".encode("utf-16"),
        "<?xml version='1.0' encoding='latin-1'?><ink id='é'><trace>1 2</trace></ink>".encode("l1"),
    ],
)
def test_namespace_and_encoding(read_text: Read, text: str | bytes) -> None:
    assert xy(read_text(text)) == [[[1, 2]]]


# Contexts


def test_formats_that_are_referred_to(read_text: Read) -> None:
    formats = (
        "<definitions>"
        "<traceFormat xml:id='yx'><channel name='Y'/><channel name='X'/></traceFormat>"
        "<inkSource xml:id='pad'><traceFormat xml:id='wxy'>"
        "<channel name='W'/><channel name='X'/><channel name='Y'/></traceFormat></inkSource>"
        "<context xml:id='a' traceFormatRef='#yx'/>"
        "<context xml:id='b' inkSourceRef='#pad'/>"
        "<context xml:id='c' contextRef='#a'/>"
        "<context id='d'><traceFormat><channel name='X'/><channel name='Y'/><channel name='T'/>"
        "</traceFormat></context>"
        "<context xml:id='e' contextRef='#d' traceFormatRef='#wxy'/>"
        "</definitions>"
    )
    for reference, text in [
        *(("", "1 2"), ("contextRef='#unknown'", "1 2"), ("contextRef='#a'", "2 1")),
        *(("contextRef='#b'", "9 1 2"), ("contextRef='c'", "2 1"), ("contextRef='#d'", "1 2 9")),
        ("contextRef='http://example.org/ink#e'", "9 1 2"),
    ]:
        assert xy(read_text(f"{formats}<trace {reference}>{text}</trace>")) == [[[1, 2]]], reference


def test_context_holds_for_the_traces_after_it_and_of_a_group_for_those_in_it(
    read_text: Read,
) -> None:
    file = read_text(
        f"<definitions><context xml:id='yx'>{YX}</context></definitions>"
        "<trace>1 2</trace>"
        "<traceGroup contextRef='#yx'><trace>2 1</trace>"
        "<traceGroup><trace>2 1</trace></traceGroup></traceGroup>"
        "<trace>1 2</trace>"
        "<context contextRef='#yx'/><trace>2 1</trace><trace>2 1</trace>"
        f"<context>{YX}<traceFormat><channel name='Z'/><channel name='X'/><channel name='Y'/>"
        "</traceFormat></context><trace>3 1 2</trace>"
    )
    assert xy(file) == [[[1, 2]]] * 7


def test_elements_of_others_do_not_count(read_text: Read) -> None:
    other = YX + "<trace>5 6</trace><annotation type='truth'>4</annotation>"
    file = read_text(
        f"<annotationXML>{other}</annotationXML><canvas>{other}</canvas>"
        f"<x:y xmlns:x='urn:x'>{other}</x:y><trace>1 2<trace xmlns='urn:x'>3 4</trace></trace>"
    )
    assert xy(file) == [[[1, 2]]]
    assert file.label is None


# Which traces are ink


def test_lifted_pens_and_erasers_leave_no_ink(read_text: Read) -> None:
    file = read_text(
        "<definitions><brush xml:id='pen'><annotation type='truth'>8</annotation></brush>"
        "<brush xml:id='rubber'><brushProperty name='tip' value='Eraser'/></brush>"
        "<brush xml:id='other'><brushProperty name='eraser' value='true'/></brush>"
        "<brush xml:id='no'><brushProperty name='eraser' value='false'/></brush>"
        "<brush xml:id='thin' brushRef='#rubber'/>"
        "<context xml:id='back'><brush xml:id='bigEraser'/></context></definitions>"
        "<trace type='penDown' brushRef='#pen'>1 1</trace><trace type='penUp'>9 9</trace>"
        "<trace brushRef='#rubber'>9 9</trace><trace brushRef='#other'>9 9</trace>"
        "<trace brushRef='#thin'>9 9</trace><trace brushRef='#eraser0'>9 9</trace>"
        "<trace contextRef='#back'>9 9</trace><trace brushRef='#no'>2 2</trace>"
        "<traceGroup brushRef='#rubber'><trace>9 9</trace></traceGroup>"
        "<trace type='indeterminate'>3 3</trace><trace/>"
    )
    assert xy(file) == [[[1, 1]], [[2, 2]], [[3, 3]]]
    assert file.label is None, "a brush's annotation says nothing of the ink"


VIEWS = (
    "<definitions><trace xml:id='a'>1 1</trace><traceGroup xml:id='g'><trace>2 2</trace>"
    "<trace xml:id='b'>3 3</trace></traceGroup><trace xml:id='c'>4 4</trace>"
    "<traceView xml:id='v'><traceView traceDataRef='#a'/><traceView traceDataRef='#b'/></traceView>"
    "</definitions>"
)


@pytest.mark.parametrize(
    ("views", "shown"),
    [
        ("<traceView traceDataRef='#a'/>", [1]),
        ("<traceView traceDataRef='#g' from='1' to='2'/>", [2, 3]),
        (
            "<traceView><traceView traceDataRef='#c'/><traceView traceDataRef='#b'/></traceView>",
            [3, 4],
        ),
        ("<traceView traceDataRef='#v'/>", [1, 3]),
        ("<trace xml:id='t'>9 9</trace><traceView traceDataRef='#t'/>", [9]),
        ("<trace>9 9</trace><traceView/><traceView traceDataRef='#nothing'/>", [9]),
        ("", [1, 2, 3, 4]),
    ],
)
def test_defined_traces_are_ink_where_a_view_shows_them(
    read_text: Read, views: str, shown: list[float]
) -> None:
    assert xy(read_text(VIEWS + views)) == [[[value, value]] for value in shown]


def test_views_of_views_show_a_trace_once(read_text: Read) -> None:
    doubling = "".join(
        f"<traceView xml:id='v{i}'>" + f"<traceView traceDataRef='#v{i - 1}'/>" * 2 + "</traceView>"
        for i in range(1, 60)
    )
    circle = "<traceView xml:id='x' traceDataRef='#y'/><traceView xml:id='y' traceDataRef='#x'/>"
    defined = "<trace xml:id='t'>1 2</trace><traceView xml:id='v0' traceDataRef='#t'/>"
    file = read_text(
        f"<definitions>{defined}{doubling}</definitions>{circle}<traceView traceDataRef='#v59'/>"
    )
    assert xy(file) == [[[1, 2]]]


def test_trace_that_continues_another_is_part_of_its_stroke(read_text: Read) -> None:
    file = read_text(
        "<trace xml:id='a' continuation='begin'>1 1,2 2</trace><trace>9 9</trace>"
        "<trace xml:id='b' continuation='middle' priorRef='#a'>3 3</trace>"
        "<trace continuation='end' priorRef='#b'>4 4</trace>"
        "<trace continuation='end' priorRef='#unknown'>5 5</trace>"
    )
    assert xy(file) == [[[1, 1], [2, 2], [3, 3], [4, 4]], [[9, 9]], [[5, 5]]]


# What else is known


@pytest.mark.parametrize(
    ("widths", "pen_width"),
    [
        (["value='2' units='mm'", "value='0.5' units='cm'"], 5),
        (["value='2' units='mm'", "value='1'"], None),
        (["value='2' units='apples'"], None),
        (["value='-2' units='mm'"], None),
    ],
)
def test_width_of_the_pen(read_text: Read, widths: list[str], pen_width: float | None) -> None:
    millimetres = (
        "<traceFormat><channel name='X' units='mm'/><channel name='Y' units='mm'/></traceFormat>"
    )
    text = "".join(
        f"<brush xml:id='b{i}'><brushProperty name='width' {width}/></brush>"
        f"<trace brushRef='#b{i}'>1 2</trace>"
        for i, width in enumerate(widths)
    )
    assert read_text(millimetres + text).ink.pen_width == pen_width
    assert read_text(text).ink.pen_width is None, "how large a unit is, nobody knows"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("<annotation type='truth'> 7 </annotation>", "7"),
        ("<annotation type='Label'>$7&lt;8$</annotation>", "$7<8$"),
        ("<annotation type='writer'>7</annotation><annotation>8</annotation>", None),
        ("<annotation type='truth'/><annotation type='label'>3</annotation>", "3"),
        ("<traceGroup><annotation type='truth'>5</annotation></traceGroup>", "5"),
        ("<traceGroup><annotation type='truth'>5</annotation></traceGroup>" * 2, "5"),
        (
            "<traceGroup><annotation type='truth'>5</annotation></traceGroup>"
            "<traceGroup><annotation type='truth'>6</annotation></traceGroup>",
            None,
        ),
        (
            "<traceGroup><annotation type='truth'>5</annotation></traceGroup>"
            "<annotation type='truth'>56</annotation>",
            "56",
        ),
    ],
)
def test_label(read_text: Read, text: str, label: str | None) -> None:
    assert read_text(text + "<trace>1 2</trace>").label == label


# Which files are InkML


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        *(("a.inkml", b"<ink/>", True), ("a.xml", b"<?xml version='1.0'?><ink/>", True)),
        *(("a", b"\xef\xbb\xbf\n<ink/>", True), ("a.txt", "<ink/>".encode("utf-16"), True)),
        *(("a.inkml", b"no ink", True), ("A.InkML", b"", True), ("a.png", b"\x89PNG\r\n", False)),
        *(("a.jpg", b"\xff\xd8\xff\xe0", False), ("notes.txt", b"1 < 2", False)),
    ],
)
def test_files_are_told_by_their_beginning_then_by_their_name(
    tmp_path: Path, name: str, content: bytes, expected: bool
) -> None:
    (tmp_path / name).write_bytes(content)
    assert is_inkml(tmp_path / name) is expected


def test_what_cannot_be_looked_into_is_told_by_its_name(tmp_path: Path) -> None:
    assert is_inkml(tmp_path / "missing.inkml")
    assert not is_inkml(tmp_path / "missing.png")
    assert not is_inkml(tmp_path)
    assert not is_inkml(Path("a\0b.png"))


def test_name_is_printed_on_one_line(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"^“two�lines\.inkml” does not exist: "):
        read_inkml(tmp_path / "two\nlines.inkml")
