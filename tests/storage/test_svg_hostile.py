"""SVG made to harm, or broken: refused with one sentence, soon and with little memory."""

import os
import random
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.storage import svg_limits
from handwrite_gui.storage.errors import StorageError
from handwrite_gui.storage.svg import read_svg

BOUND_BYTES = 500 * 2**20

BEGIN = '<svg xmlns="http://www.w3.org/2000/svg">'
ENTITIES = "".join(f"<!ENTITY e{i} '" + f"&e{i - 1};" * 10 + "'>" for i in range(1, 12))
TOO_LARGE = "is too large or too deeply nested"


@pytest.fixture
def refused(tmp_path: Path, refusal: Callable[[Path], str]) -> Callable[[str | bytes], str]:
    """The sentence that a file of this content is refused with."""

    def refused(content: str | bytes) -> str:
        path = tmp_path / "bad.svg"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return refusal(path)

    return refused


@pytest.mark.parametrize(
    "doctype",
    [
        f'[<!ENTITY e0 "M0 0L">{ENTITIES}]',
        '[<!ENTITY e11 SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY % d SYSTEM "http://127.0.0.1:9/a.dtd"> %d;]',
        'PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY ns "urn:x">]',
        '[<!ATTLIST path d CDATA "M0 0L1 1">]',
    ],
)
def test_declarations_are_refused(refused: Callable[[str], str], doctype: str) -> None:
    text = f'<!DOCTYPE svg {doctype}>{BEGIN}<path d="M0 0L1 1"/><desc>&e11;</desc></svg>'
    assert "declares entities or a document type of its own" in refused(text)


def test_named_document_type_is_not_fetched(refused: Callable[[str], str]) -> None:
    text = '<!DOCTYPE svg SYSTEM "http://127.0.0.1:9/a.dtd">' + BEGIN + "<desc>&e;</desc></svg>"
    assert "is damaged" in refused(text) or "holds no lines" in refused(text)


@pytest.mark.parametrize(
    ("start", "repeated", "times", "end"),
    [
        ('<path d="M0 0L', "1 1 ", svg_limits.MOST_CURVES + 10, '"/>'),
        ('<path d="M0 0', "L1 1", svg_limits.MOST_CURVES + 10, '"/>'),
        ('<path d="M0 0', "Z", 3 * 10**7, '"/>'),
        ('<path d="M0 0', "M", 3 * 10**7, '"/>'),
        ('<path d="M0 0L', "11 ", 4 * 10**6, '"/>'),
        ('<polyline points="', "1,1 ", 2 * 10**6, '"/>'),
        ('<path d="M0 0A', "2", 3 * 10**7, '"/>'),
        ('<path d="M0 0A', "1 1 0 1 1 1 ", 10**6, '"/>'),
        ('<path d="M0 0L1 1" transform="', "a", 3 * 10**7, '"/>'),
        ('<path d="M0 0L1 1" transform="', "scale(1 ", 10**6, '"/>'),
        ('<path d="M0 0L1 1" transform="', "scale(1e9)", 10**6, '"/>'),
        ('<path stroke="none" d="M0 0L1 1" style="', ";", 3 * 10**7, '"/><'),
        ('<line x1="1', " ", 3 * 10**7, '!"/><'),
        ("", '<path d="M0 0ZM1 1Z"/>', svg_limits.MOST_STROKES, ""),
        ("", '<path d="M0 0L1 1"/>', svg_limits.MOST_STROKES + 10, ""),
        ("", "<g>", 10**5, ""),
        ("", "<unknown>", 10**5, ""),
        ("", "<g/>", svg_limits.MOST_PARTS + 10, ""),
        ("", "<g a='' b='' c='' d='' e=''/>", svg_limits.MOST_PARTS // 5, ""),
        ("<!--", "a", 4 * 10**7, ""),
    ],
)
def test_more_than_anybody_draws_is_refused(
    refused: Callable[[str], str], start: str, repeated: str, times: int, end: str
) -> None:
    sentence = refused(BEGIN + start + repeated * times + end)
    assert re.search(f"{TOO_LARGE}|cannot be followed|no pen writes|is damaged", sentence)


@pytest.mark.parametrize("repeated", ["11 ", "L1 1", "M1 1Z", "a1 1 0 0 0 9 9"])
def test_memory_is_bounded(
    tmp_path: Path,
    refusal: Callable[[Path], str],
    monkeypatch: pytest.MonkeyPatch,
    repeated: str,
) -> None:
    """With all limits a sixteenth of the real ones, for tracing is slow."""
    for name in ("MOST_CURVES", "MOST_NUMBERS", "MOST_STROKES"):
        most = getattr(svg_limits, name) // 16
        monkeypatch.setattr(f"handwrite_gui.storage.svg_path.{name}", most)
    path, length = tmp_path / "long.svg", svg_limits.MOST_BYTES // 16
    monkeypatch.setattr("handwrite_gui.storage.svg.MOST_BYTES", length + 200)
    path.write_text(f'{BEGIN}<path d="M0 0L1 1{repeated * (length // len(repeated))}"/></svg>')
    tracemalloc.start()
    try:
        assert TOO_LARGE in refusal(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < BOUND_BYTES // 16


def test_curves_that_become_too_many_points_are_refused(
    refused: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handwrite_gui.storage.svg_document.MOST_POINTS", 20_000)
    assert TOO_LARGE in refused(f'{BEGIN}<path d="M0 0{"c0 9 9 9 9 0c0-9-9-9-9 0" * 500}"/></svg>')


def test_too_large_a_file_is_not_even_begun(tmp_path: Path, refusal: Callable[[Path], str]) -> None:
    path = tmp_path / "vast.svg"
    path.write_text(BEGIN)
    os.truncate(path, svg_limits.MOST_BYTES + 1)
    assert TOO_LARGE in refusal(path)
    with pytest.raises(StorageError, match=TOO_LARGE):
        read_svg(b" " * (svg_limits.MOST_BYTES + 1))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        *((b"", "is empty"), (b"seven", "is not SVG"), (b"\0" * 10**6, "is not SVG")),
        *((b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is not SVG"), (b"<ink/>", "is not SVG")),
        *((b"<svg xmlns='urn:other'/>", "is not SVG"), (b"<html><svg/></html>", "is not SVG")),
        (b"<?xml version='1.0' encoding='idna'?><svg/>", "is not SVG"),
        *((b"<svg><path d='M0 0L1 1'/>", "is damaged"), (b"<svg><g></svg>", "is damaged")),
        *((b"<svg>&e;</svg>", "is damaged"), (b"<svg>\xff</svg>", "is damaged")),
        *((b"<svg/>", "holds no lines"), (b"<svg><path d=''/></svg>", "holds no lines")),
        (b"<svg><path d='L1 1'/></svg>", "cannot be followed"),
        (b"<svg><polygon points='a'/></svg>", "cannot be followed"),
        (b"<svg><g transform='turn(9)'/></svg>", "cannot be followed"),
        (b"<svg><g transform='rotate(1 2)'/></svg>", "cannot be followed"),
        (b"<svg><path d='M0 0L1e99 1'/></svg>", "no pen writes"),
    ],
)
def test_what_cannot_be_read_is_said(
    refused: Callable[[bytes], str], content: bytes, complaint: str
) -> None:
    assert complaint in refused(content)


SEED = (
    b"<?xml version='1.0'?><svg width='10cm' viewBox='0 0 100 100' xmlns='http://www.w3.org/2000/"
    b"svg'><defs><path id='a' d='M1 1L2 2'/></defs><g stroke='red' transform='translate(1,2) "
    b"rotate(30 1 1)' style='fill:none;stroke-width:2px'><path d='M1 2l3-4h5v6H7V8c1 2 3 4 5 6"
    b"s1 2 3 4q1 2 3 4t5 6a5 3 20 0 1 9 9z'/><polyline points='1,2 3,4'/><polygon points='1 2 3 "
    b"4 5 6'/><line x1='1' y1='2mm' x2='3' y2='4'/><circle r='5'/></g></svg>"
)
PIECES = (b"M", b"a", b"z", b"1e9", b"-", b".", b",", b"0 ", b"scale(1e9)", b"<g>", b"'", b"nan")


@pytest.mark.filterwarnings("error")
def test_mutated_files_give_ink_or_one_sentence(tmp_path: Path) -> None:
    chance = random.Random(11)
    path, read, sentences = tmp_path / "mutated.svg", 0, set()
    for _ in range(2000):
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
            assert read_svg(path).ink.strokes
            read += 1
        except StorageError as error:
            sentences.add(str(error))
    assert read > 200
    assert all(re.fullmatch(r"“mutated\.svg” [^\n]+\.", sentence) for sentence in sentences)
    assert len(sentences) > 3
