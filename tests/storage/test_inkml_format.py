"""What the numbers of InkML's traces mean: space, time and pressure."""

from collections.abc import Callable

import numpy as np
import pytest

from handwrite_gui.domain.ink import PRESSURE, TIME_MS
from handwrite_gui.storage.inkml import InkFile

Read = Callable[[str | bytes], InkFile]

#: In the form that Office writes: counts of a device whose axes differ, in second differences.
OFFICE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<inkml:ink xmlns:inkml="http://www.w3.org/2003/InkML">
  <inkml:definitions>
    <inkml:context xml:id="ctx0">
      <inkml:inkSource xml:id="inkSrc0">
        <inkml:traceFormat>
          <inkml:channel name="X" type="integer" max="9600" units="cm"/>
          <inkml:channel name="Y" type="integer" max="7200" units="cm"/>
          <inkml:channel name="F" type="integer" max="256" units="dev"/>
        </inkml:traceFormat>
        <inkml:channelProperties>
          <inkml:channelProperty channel="X" name="resolution" value="400" units="1/cm"/>
          <inkml:channelProperty channel="Y" name="resolution" value="500" units="1/cm"/>
          <inkml:channelProperty channel="F" name="resolution" value="0" units="1/dev"/>
        </inkml:channelProperties>
      </inkml:inkSource>
      <inkml:timestamp xml:id="ts0" timeString="2026-01-10T13:10:12.822"/>
    </inkml:context>
    <inkml:brush xml:id="br0">
      <inkml:brushProperty name="width" value="0.05" units="cm"/>
      <inkml:brushProperty name="color" value="#ED1C24"/>
    </inkml:brush>
  </inkml:definitions>
  <inkml:traceGroup>
    <inkml:annotationXML>
      <emma:emma xmlns:emma="http://www.w3.org/2003/04/emma" version="1.0">
        <msink:context xmlns:msink="http://schemas.microsoft.com/ink/2010/main" type="inkWord"/>
      </emma:emma>
    </inkml:annotationXML>
    <inkml:trace contextRef="#ctx0" brushRef="#br0">100 1000 64,'4'-5'0,"0"0"0,0 5-256</inkml:trace>
    <inkml:trace contextRef="#ctx0" brushRef="#br0" timeOffset="280.8">8 0 0</inkml:trace>
  </inkml:traceGroup>
</inkml:ink>"""


def channels(*descriptions: str) -> str:
    """A trace format: each channel by its name and its other attributes."""
    split = (each.partition(" ") for each in descriptions)
    named = (f"<channel name='{name}' {others}/>" for name, _, others in split)
    return f"<traceFormat>{''.join(named)}</traceFormat>"


def xy(file: InkFile) -> list[list[list[float]]]:
    return [stroke.xy.tolist() for stroke in file.ink.strokes]


def column(file: InkFile, which: int) -> list[list[float]]:
    return [stroke.points[:, which].tolist() for stroke in file.ink.strokes]


# Space


def test_channels_in_any_order_and_some_of_no_use(read_text: Read) -> None:
    text = channels("OTx", "Y", "B1 type='boolean'", "T", "X", "F max='4'")
    file = read_text(text + "<trace>9 2 T 0 1 1, 9 4 F 5 3 2</trace>")
    assert file.ink.strokes[0].points.tolist() == [[1, 2, 0, 0.25], [3, 4, 5, 0.5]]


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("X", "Y orientation='-ve'", [1, -2]),
        ("X orientation='-ve'", "Y orientation='+ve'", [-1, 2]),
        ("X units='mm'", "Y units='cm'", [1, 20]),
        ("X units='in'", "Y units='in'", [1, 2]),
        ("X units='cm'", "Y", [1, 2]),
        ("X units='parsecs'", "Y units='cm'", [1, 2]),
    ],
)
def test_directions_and_units(read_text: Read, x: str, y: str, expected: list[float]) -> None:
    assert xy(read_text(channels(x, y) + "<trace>1 2</trace>")) == [[expected]]


def resolutions(x: str, y: str) -> str:
    both = "".join(
        f'<channelProperty channel="{name}" name="resolution" {resolution}/>'
        for name, resolution in (("X", x), ("Y", y))
    )
    return f"<channelProperties>{both}</channelProperties>"


@pytest.mark.parametrize(
    ("kind", "x", "y", "expected", "unit_mm"),
    [
        ("units='dev'", "value='10' units='1/mm'", "value='20' units='1/mm'", [8, 4], 0.1),
        ("", "value='254' units='1/in'", "value='0.2' units='mm'", [8, 16], 0.1),
        (
            "type='integer' units='cm'",
            "value='10' units='1/cm'",
            "value='10' units='1/cm'",
            [8, 8],
            1,
        ),
        # Decimal centimetres are centimetres, however finely the device tells them apart.
        ("units='cm'", "value='100' units='1/cm'", "value='200' units='1/cm'", [8, 8], 10),
        ("units='dev'", "value='0' units='1/mm'", "value='-1' units='1/mm'", [8, 8], None),
        ("units='dev'", "value='x' units='1/mm'", "value='7' units='1/dev'", [8, 8], None),
    ],
)
def test_resolutions(
    read_text: Read, kind: str, x: str, y: str, expected: list[float], unit_mm: float | None
) -> None:
    source = channels(f"X {kind}", f"Y {kind}") + resolutions(x, y)
    file = read_text(f"<context><inkSource>{source}</inkSource></context><trace>8 8</trace>")
    np.testing.assert_allclose(xy(file), [[expected]])
    assert file.unit_mm == pytest.approx(unit_mm) if unit_mm else file.unit_mm is None


def test_what_office_writes(read_text: Read) -> None:
    file = read_text(OFFICE)
    first, second = file.ink.strokes
    # Each step is as the one before, but for the last: y by 5, and force by -256.
    assert first.xy[:, 0].tolist() == [100, 104, 108, 112]
    np.testing.assert_allclose(first.xy[:, 1] * 500 / 400, [1000, 995, 990, 990])
    assert first.points[:, PRESSURE].tolist() == [0.25, 0.25, 0.25, 0.0]
    assert second.points.tolist() == [[8, 0, 280.8, 0.0]]
    assert file.unit_mm == pytest.approx(10 / 400)
    assert file.ink.pen_width == pytest.approx(20), "0.05 cm of 400 counts each"


def test_traces_in_different_units_share_one(read_text: Read) -> None:
    file = read_text(
        channels("X units='cm'", "Y units='cm'")
        + "<trace>1 2</trace>"
        + channels("Y units='mm'", "X units='mm'")
        + "<trace>30 40</trace>"
    )
    assert xy(file) == [[[1, 2]], [[4, 3]]]
    assert file.unit_mm == 10


# Time


@pytest.mark.parametrize(
    ("units", "first_ms"), [("ms", 2), ("s", 2000), ("us", 0.002), ("", 2), ("moons", 2)]
)
def test_units_of_time(read_text: Read, units: str, first_ms: float) -> None:
    file = read_text(channels("T units='" + units + "'", "X", "Y") + "<trace>2 0 0,5 0 0</trace>")
    assert column(file, TIME_MS) == [pytest.approx([first_ms, first_ms / 2 * 5])]


def test_unknown_time_is_spaced_evenly(read_text: Read) -> None:
    file = read_text(
        "<trace>0 0,0 1,0 2</trace><trace>5 5</trace><trace duration='30'>0 0,0 1,0 2,0 3</trace>"
        "<trace timeOffset='500' duration='100'>0 0,0 1</trace><trace>0 0</trace>"
    )
    assert column(file, TIME_MS) == [[0, 10, 20], [30], [40, 50, 60, 70], [500, 600], [610]]


def test_time_within_traces_follows_their_order(read_text: Read) -> None:
    traces = "<trace>0 0 0,0 1 7</trace><trace>0 0 0,0 1 8</trace><trace>0 0 99</trace>"
    file = read_text(channels("X", "Y", "T") + traces)
    assert column(file, TIME_MS) == [[0, 7], [17, 25], [99]]


def test_time_offset_and_common_time(read_text: Read) -> None:
    traces = "<trace timeOffset='50'>0 0 1</trace><trace timeOffset='40'>0 0 2,0 0 3</trace>"
    file = read_text(channels("X", "Y", "T") + traces)
    assert column(file, TIME_MS) == [[51], [42, 43]]
    file = read_text(channels("X", "Y", "T respectTo='#ts'") + traces)
    assert column(file, TIME_MS) == [[1], [2, 3]]


def test_missing_times_lie_between_their_neighbours(read_text: Read) -> None:
    file = read_text(channels("X", "Y", "T") + "<trace>0 0 0,0 1 ?,0 2 ?,0 3 30,0 4 ?</trace>")
    assert column(file, TIME_MS) == [[0, 10, 20, 30, 30]]


# Pressure


@pytest.mark.parametrize(
    ("force", "pressures"),
    [
        ("F", [0.5, 0.5, 0.5]),
        ("F max='10'", [0.0, 0.5, 1.0]),
        ("F min='-10' max='10'", [0.5, 0.75, 1.0]),
        ("F min='5' max='7'", [0.0, 0.0, 1.0]),
        ("F min='0' max='0'", [0.5, 0.5, 0.5]),
        ("F max='1e-320'", [0.0, 1.0, 1.0]),
        ("F max='nan' min='much'", [0.5, 0.5, 0.5]),
    ],
)
def test_pressure(read_text: Read, force: str, pressures: list[float]) -> None:
    file = read_text(channels("X", "Y", force) + "<trace>0 0 0,0 0 5,0 0 99</trace>")
    assert column(file, PRESSURE) == [pytest.approx(pressures)]


def test_force_that_is_not_always_said(read_text: Read) -> None:
    file = read_text(
        "<traceFormat><channel name='X'/><channel name='Y'/><intermittentChannels>"
        "<channel name='F' max='8'/></intermittentChannels></traceFormat>"
        "<trace>0 0,0 0 2,0 0 *,0 0 ?</trace>"
    )
    assert column(file, PRESSURE) == [[0.5, 0.25, 0.25, 0.5]]
