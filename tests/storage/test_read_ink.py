"""The format of ink is told by its content first, then by its name."""

from pathlib import Path

import pytest

from handwrite_gui.storage.read_ink import holds_ink, is_ink, read_ink


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.inkml", b"<ink><trace>1 2, 3 4</trace></ink>"),
        ("a.svg", b'<svg><path d="M1 2L3 4"/></svg>'),
        ("wrong.inkml", b'<?xml version="1.0"?><!-- <b> --><svg><path d="M1 2L3 4"/></svg>'),
        (
            "wrong.svg",
            b"<i:ink xmlns:i='http://www.w3.org/2003/InkML'><i:trace>1 2,3 4</i:trace></i:ink>",
        ),
        ("a.xml", '<svg><path d="M1 2L3 4"/></svg>'.encode("utf-16")),
    ],
)
def test_kind_is_told_by_the_first_element(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for source in (path, content):
        (stroke,) = read_ink(source).ink.strokes
        assert stroke.xy.tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("name", "complaint"), [("a.svg", "is not SVG"), ("a.inkml", "is not InkML")]
)
def test_what_is_neither_is_told_by_its_name(tmp_path: Path, name: str, complaint: str) -> None:
    (tmp_path / name).write_bytes(b"7")
    assert is_ink(tmp_path / name)
    with pytest.raises(Exception, match=complaint):
        read_ink(tmp_path / name)
    with pytest.raises(Exception, match="does not exist"):
        read_ink(tmp_path / f"missing-{name}")


@pytest.mark.parametrize("name", ["a.png", "a.inkml", "a.svg", "a.xml"])
def test_pictures_are_no_ink_whatever_their_name_and_what_they_hold(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"\x89PNG with <svg > in what is said of it")
    assert not is_ink(tmp_path / name)


def test_what_begins_as_ink_does_and_is_none_is_a_bad_picture(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("<html><p>7</p></html>")
    assert not is_ink(tmp_path / "a.png")


@pytest.mark.parametrize(
    ("content", "holds"),
    [
        ("<ink><trace>1 2</trace></ink>", True),
        ("\ufeff<?xml version='1.0'?><!-- ink --><svg/>", True),
        ("<html><p>7</p></html>", False),
        ("no <svg> yet", False),
        ("", False),
    ],
)
def test_ink_is_told_whatever_the_name_says(tmp_path: Path, content: str, holds: bool) -> None:
    (tmp_path / "a.png").write_text(content, encoding="utf-8")
    assert holds_ink(tmp_path / "a.png") == holds
