"""`handwrite-gui read` on ink, with the shipped model."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from handwrite_gui import paths

Run = Callable[..., tuple[int, str, str]]

SEVEN_PNG = paths.resources_dir() / "samples" / "seven.png"


def seven() -> NDArray[np.float64]:
    """A 7 as a hand draws it, in one stroke, 60 wide and 92 high: the bar, then the leg."""
    along = np.linspace(0.0, 1.0, 25)
    bar = np.stack([20 + 60 * along, 22 - 2 * np.sin(3 * along)], axis=1)
    leg = np.stack([80 - 35 * along - 8 * along * (1 - along), 22 + 90 * along], axis=1)
    return np.concatenate([bar, leg[1:]])


def inkml(points: NDArray[np.float64], *channels: str) -> str:
    """InkML of one trace; each channel by its attributes, all in the points' order."""
    declared = "".join(f"<channel {channel}/>" for channel in channels)
    trace = ", ".join(" ".join(f"{value:.10g}" for value in point) for point in points)
    trace_format = f"<traceFormat>{declared}</traceFormat>" if channels else ""
    return f"<ink xmlns='http://www.w3.org/2003/InkML'>{trace_format}<trace>{trace}</trace></ink>"


def with_other_channels(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points of force, -y, time, x and a tilt."""
    count = np.arange(len(xy))
    return np.stack([count % 9, -xy[:, 1], 7.5 * count, xy[:, 0], count / 99], axis=1)


def counts(xy: NDArray[np.float64]) -> str:
    """InkML in counts of a device whose axes differ, in second differences, as Office writes it."""
    steps = np.round(xy * (36, 44)).astype(int)
    first, second = steps[0], np.diff(steps, axis=0)
    third = np.diff(second, axis=0)
    points = ["{} {}".format(*first), "'{}'{}".format(*second[0]), '"{}"{}'.format(*third[0])]
    trace = ",".join(points + ["{} {}".format(*each) for each in third[1:]])
    resolution = "<channelProperty channel='{}' name='resolution' value='{}' units='1/mm'/>"
    return (
        "<ink><definitions><context id='c'><inkSource><traceFormat>"
        "<channel name='X' type='integer' units='mm'/><channel name='Y' type='integer' units='mm'/>"
        f"</traceFormat><channelProperties>{resolution.format('X', 36)}{resolution.format('Y', 44)}"
        f"</channelProperties></inkSource></context></definitions>"
        f"<trace contextRef='#c'>{trace}</trace></ink>"
    )


def svg(xy: NDArray[np.float64]) -> str:
    """SVG of one path, turned by a right angle and back, and three times as large."""
    path = "M" + "L".join(f"{-y:.10g} {x:.10g}" for x, y in xy)
    return (
        "<svg xmlns='http://www.w3.org/2000/svg'><g transform='scale(3) rotate(-90)'>"
        f"<path fill='none' stroke='black' d='{path}'/></g></svg>"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The same 7 in many ways."""
    xy = seven()
    ways = {
        "plain.inkml": inkml(xy),
        "small.inkml": inkml(xy * 0.001),
        "large.inkml": inkml(xy * 1e6),
        "far.inkml": inkml(xy - 10_000),
        "two units.xml": inkml(xy * (0.1, 1), "name='X' units='cm'", "name='Y' units='mm'"),
        "reversed": inkml(
            with_other_channels(xy),
            *("name='F' max='9'", "name='Y' orientation='-ve'", "name='T' units='ms'"),
            *("name='X'", "name='OTx'"),
        ),
        "counts.inkml": counts(xy),
        "turned back.svg": svg(xy),
    }
    for name, text in ways.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_same_digit_is_read_the_same_however_it_is_written_down(
    run_command: Run, folder: Path
) -> None:
    files = sorted(folder.iterdir())
    code, said, told = run_command("read", *files)
    lines = zip(files, said.splitlines(), strict=True)
    answers = {line.removeprefix(f"{file}: ") for file, line in lines}
    assert (code, told, len(files)) == (0, "", 8)
    assert len(answers) == 1
    assert answers.pop().startswith("7 (very sure, ")


def test_box_is_in_the_units_of_the_file(run_command: Run, folder: Path) -> None:
    code, said, _ = run_command("read", "--json", *sorted(folder.glob("*.xml")))
    (line,) = map(json.loads, said.splitlines())
    (number,) = line["numbers"]
    assert (code, line["error"], number["text"]) == (0, None, "7")
    assert number["box"] == pytest.approx([2.0, 2.0, 6.0, 9.2], abs=0.001)
    (digit,) = number["digits"]
    assert digit["box"] == number["box"]
    assert digit["digit"] == 7
    assert len(digit["probabilities"]) == 10


def test_only_a_single_point_is_a_dot(run_command: Run, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.inkml" for number in range(3)]
    for file, trace in zip(files, ["5 5", "5 5, 5 5", "5 5</trace><trace>5 5"], strict=True):
        file.write_text(f"<ink><trace>{trace}</trace></ink>")
    code, said, _ = run_command("read", *files)
    assert code == 0
    assert said.splitlines() == [f"{file}: no digit, only a dot" for file in files]


def test_ink_smaller_than_its_pen_is_a_dot(run_command: Run, folder: Path) -> None:
    brush = "<brush><brushProperty name='width' value='{}' units='mm'/></brush>"
    fine, fat = folder / "fine.inkml", folder / "fat.inkml"
    text = inkml(seven(), "name='X' units='mm'", "name='Y' units='mm'")
    fine.write_text(text.replace("<trace>", brush.format(50) + "<trace>"))
    fat.write_text(text.replace("<trace>", brush.format(150) + "<trace>"))
    _, said, _ = run_command("read", fine, fat)
    assert said.splitlines()[0].startswith(f"{fine}: 7 (")
    assert said.splitlines()[1] == f"{fat}: no digit, only a dot"


def test_picture_with_inks_name_and_ink_with_a_pictures_are_read_as_what_they_are(
    run_command: Run, folder: Path
) -> None:
    picture, drawing = folder / "picture.inkml", folder / "drawing.svg"
    for file in (picture, drawing):
        file.write_bytes(SEVEN_PNG.read_bytes())
    ink, page = folder / "ink.png", folder / "page.png"
    ink.write_text(inkml(seven()))
    page.write_text("<html><p>7</p></html>")
    code, said, _ = run_command("read", "--json", picture, drawing, ink, page)
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 1
    texts = [[number["text"] for number in line["numbers"]] for line in lines]
    assert texts == [["7"], ["7"], ["7"], []]
    assert "“page.png” is not a picture that can be opened" in lines[3]["error"]


def test_bad_ink_gets_an_error_and_the_others_are_read(run_command: Run, folder: Path) -> None:
    bomb, renamed = folder / "bomb.xml", folder / "renamed.inkml"
    bomb.write_text("<!DOCTYPE ink [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><ink>&b;</ink>")
    renamed.write_text("7")
    files = [bomb, folder / "plain.inkml", renamed, folder / "missing.inkml", SEVEN_PNG]
    code, said, _ = run_command("read", "--json", *files)
    lines = [json.loads(line) for line in said.splitlines()]
    assert code == 1
    assert [line["path"] for line in lines] == list(map(str, files))
    texts = [[number["text"] for number in line["numbers"]] for line in lines]
    assert texts == [[], ["7"], [], [], ["7"]]
    complaints = ["declares a document type", None, "is not InkML", "does not exist", None]
    for line, complaint in zip(lines, complaints, strict=True):
        assert (complaint in line["error"]) if complaint else line["error"] is None
