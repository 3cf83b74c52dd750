"""Files made to harm, or broken: refused with one sentence, soon and with little memory."""

import os
import random
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.storage import inkml_document, inkml_ink, inkml_limits
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.inkml import read_inkml

BEGIN = '<ink xmlns="http://www.w3.org/2003/InkML">'
ENTITIES = "".join(f"<!ENTITY e{i} '" + f"&e{i - 1};" * 10 + "'>" for i in range(1, 12))
CHANNELS = "".join(f"<channel name='{name}'/>" for name in ["X", "Y", *map(str, range(38))])


@pytest.fixture
def refused(tmp_path: Path, refusal: Callable[[Path], str]) -> Callable[[str | bytes], str]:
    """The sentence that a file of this content is refused with."""

    def refused(content: str | bytes) -> str:
        path = tmp_path / "bad.inkml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return refusal(path)

    return refused


@pytest.mark.parametrize(
    "doctype",
    [
        f'[<!ENTITY e0 "0 0,">{ENTITIES}]',
        '[<!ENTITY e11 SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY % d SYSTEM "http://127.0.0.1:9/ink.dtd"> %d;]',
        'SYSTEM "inkml.dtd"',
        'PUBLIC "-//W3C//DTD InkML//EN" "http://127.0.0.1:9/ink.dtd"',
        "",
    ],
)
def test_document_types_are_refused(refused: Callable[[str], str], doctype: str) -> None:
    sentence = refused(f"<!DOCTYPE ink {doctype}>{BEGIN}<trace>&e11;1 2</trace></ink>")
    assert "declares a document type" in sentence


@pytest.mark.parametrize(
    ("start", "repeated", "times"),
    [
        ("<trace>", "1 2,", inkml_limits.MOST_POINTS + 10**5),
        *(("", "<traceGroup>", 10**5), ("", "<unknown>", 10**5)),
        *(("<trace ", "a", 10**7), ("<trace id='", "a", 10**7), ("<!--", "a", 10**7)),
        (f"<traceFormat>{CHANNELS}", "<channel/>", 1),
    ],
)
def test_more_than_anybody_writes_is_refused(
    refused: Callable[[str], str], start: str, repeated: str, times: int
) -> None:
    assert "is too large or too deeply nested" in refused(BEGIN + start + repeated * times)


@pytest.mark.parametrize(
    ("start", "repeated"),
    [
        ("", "<trace>1 2</trace>"),
        ("", "<trace/>"),
        ("", "<brush/>"),
        ("", "<brush a='' b='' c='' d='' e=''/>"),
        (f"<traceFormat>{CHANNELS}</traceFormat><trace>{'1 ' * 40}", "," + "*" * 40),
    ],
)
def test_many_small_things_are_refused(
    refused: Callable[[str], str], start: str, repeated: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By limits that are lower here: up to the real ones it takes some seconds."""
    monkeypatch.setattr(inkml_document, "MOST_TRACES", inkml_limits.MOST_TRACES // 100)
    monkeypatch.setattr(inkml_document, "MOST_PARTS", inkml_limits.MOST_PARTS // 100)
    monkeypatch.setattr(inkml_ink, "MOST_NUMBERS", inkml_limits.MOST_NUMBERS // 100)
    assert "is too large or too deeply nested" in refused(BEGIN + start + repeated * 20_000)


@pytest.mark.parametrize(
    ("start", "repeated"), [("!", " "), ("1 2", ","), ("", "9"), ("1 2", "'"), ("1 2,", "?")]
)
def test_text_that_goes_on_and_on_is_refused(
    refused: Callable[[str], str], start: str, repeated: str
) -> None:
    text = start + repeated * 10**7
    assert "holds a trace whose points" in refused(f"{BEGIN}<trace>{text}</trace></ink>")


@pytest.mark.parametrize("traces", [1, 2000])
def test_memory_for_a_point_is_bounded(tmp_path: Path, traces: int) -> None:
    path, points = tmp_path / "long.inkml", 200_000
    text = ",".join(["123.45 678.90 123456 0.5"] * (points // traces))
    channels = "".join(f"<channel name='{name}'/>" for name in "XYTF")
    path.write_text(
        f"{BEGIN}<traceFormat>{channels}</traceFormat>"
        + f"<trace>{text}</trace>" * traces
        + "</ink>"
    )
    tracemalloc.start()
    try:
        ink = read_inkml(path).ink
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(ink.xy) == points
    assert peak / points < 200


def test_too_large_a_file_is_not_even_begun(tmp_path: Path, refusal: Callable[[Path], str]) -> None:
    path = tmp_path / "vast.inkml"
    path.write_text(BEGIN)
    os.truncate(path, inkml_limits.MOST_BYTES + 1)
    assert "is too large" in refusal(path)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        *((b"", "is empty"), (b"seven", "is not InkML"), (b"\0" * 10**6, "is not InkML")),
        *((b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not InkML"), (b"<svg/>", "is not InkML")),
        *((b"a" * 10**6, "is not InkML"), (b"<ink xmlns='urn:other'/>", "is not InkML")),
        (b"<?xml version='1.0' encoding='idna'?><ink/>", "is not InkML"),
        (b"<?xml version='1.0' encoding='base64'?><ink/>", "is not InkML"),
        *((b"<ink><trace>1 2, 3", "is damaged"), (b"<ink><trace>1 2</ink>", "is damaged")),
        *((b"<ink>&e;</ink>", "is damaged"), (b"<ink>\xff</ink>", "is damaged")),
        *((b"<ink/>", "holds no ink"), (b"<ink><trace> \n</trace></ink>", "holds no ink")),
        (b"<ink><trace>? ?</trace></ink>", "holds no ink"),
        (b"<ink><trace type='penUp'>1 2</trace></ink>", "holds no ink"),
        (b"<ink><traceFormat><channel name='X'/></traceFormat><trace>1</trace></ink>", "without X"),
        (b"<ink><traceFormat/><trace>1 2</trace></ink>", "holds a trace whose points"),
    ],
)
def test_what_cannot_be_read_is_said(
    refused: Callable[[bytes], str], content: bytes, complaint: str
) -> None:
    assert complaint in refused(content)


SEED = (
    b"<?xml version='1.0'?><ink><definitions><brush xml:id='b'><brushProperty name='width' "
    b"value='1' units='mm'/></brush><context xml:id='c'><inkSource><traceFormat><channel name='X' "
    b"type='integer' units='cm'/><channel name='Y' orientation='-ve'/><channel name='T' units='s'/>"
    b"<intermittentChannels><channel name='F' max='9'/></intermittentChannels></traceFormat>"
    b"<channelProperties><channelProperty channel='X' name='resolution' value='9' units='1/cm'/>"
    b"</channelProperties></inkSource></context><trace xml:id='d'>5 6</trace></definitions>"
    b"<traceGroup contextRef='#c'><trace xml:id='t' timeOffset='3'>1 2 3 4,'5'6'7,\"1\"-1 ?,* * 1"
    b"</trace><trace priorRef='#t' continuation='end' duration='9'>1e2 .5 0</trace></traceGroup>"
    b"<traceView traceDataRef='#d'/></ink>"
)
PIECES = (b"'", b'"', b"!", b"*", b"?", b",", b"-", b"1e99", b"nan", b"#F", b"<trace>1 2</trace>")


@pytest.mark.filterwarnings("error")
def test_mutated_files_give_ink_or_one_sentence(tmp_path: Path) -> None:
    chance = random.Random(11)
    path, read, sentences = tmp_path / "mutated.inkml", 0, set()
    for _ in range(1000):
        data = bytearray(SEED)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[at] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randint(1, 9)]
            else:
                data[at : at + kind - 2] = chance.choice(PIECES)
        path.write_bytes(data)
        try:
            assert read_inkml(path).ink.strokes
            read += 1
        except StorageError as error:
            sentences.add(str(error))
    assert read > 0
    assert all(re.fullmatch(r"“mutated\.inkml” [^\n]+\.", sentence) for sentence in sentences)
    assert len(sentences) > 3


def test_many_views_of_a_large_group_as_one_digit_take_little_memory() -> None:
    many = 1500
    content = (
        f"{BEGIN}<annotation type='generator'>Handwrite</annotation>"
        f"<traceGroup xml:id='all'>{'<trace>1 2, 3 4</trace>' * many}</traceGroup>"
        "<traceGroup><annotation type='truth'>4</annotation>"
        + '<traceView traceDataRef="#all"/>' * many
        + "</traceGroup></ink>"
    )
    tracemalloc.start()
    file = read_inkml(content.encode())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(file.ink.strokes) == many
    assert file.ink.standing_corrections == {}
    assert most < 10_000_000  # All pairs are 18 MB.
