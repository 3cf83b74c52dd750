import json
import math
from dataclasses import replace

import pytest

from handwrite_gui.commands.train_progress import Bar, Display, JsonLines
from handwrite_gui.recognition.learning.progress import Progress

EPOCH = Progress(
    step=20,
    epoch=2,
    whole_epoch=True,
    done=0.25,
    seconds=100.0,
    seconds_left=300.0,
    loss=0.51234,
    accuracy=0.9,
    images_per_second=1234.5,
    waiting=0.05,
    validation={"some": 0.75, "no digit": 1.0},
)
BETWEEN = replace(EPOCH, step=25, whole_epoch=False)


def refuse(constant: str) -> float:
    raise AssertionError(f"JSON knows no {constant}")


def shown(display: Display, *reports: Progress) -> None:
    with display as entered:
        for report in reports:
            entered.show(report)


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    shown(JsonLines(), BETWEEN, EPOCH)
    said, told = capsys.readouterr()
    between, epoch = map(json.loads, said.splitlines())
    assert told == ""
    assert between == {"event": "progress"} | BETWEEN.as_json()
    assert epoch == {"event": "epoch"} | EPOCH.as_json()


def test_what_happened_is_an_event(capsys: pytest.CaptureFixture[str]) -> None:
    JsonLines().say("resumed", "Going on after step 7.", step=7, name="two\nlines")
    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert json.loads(said) == {"event": "resumed", "step": 7, "name": "two\nlines"}


@pytest.mark.parametrize("strange", [math.nan, math.inf, -math.inf])
def test_json_holds_numbers_or_nothing(capsys: pytest.CaptureFixture[str], strange: float) -> None:
    shown(JsonLines(), replace(EPOCH, loss=strange, seconds_left=strange))
    told = json.loads(capsys.readouterr().out, parse_constant=refuse)
    assert (told["loss"], told["seconds_left"], told["accuracy"]) == (None, None, 0.9)


def test_every_line_is_sent_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that waits for a line gets it."""
    flushed = []
    monkeypatch.setattr("builtins.print", lambda *_, flush=False: flushed.append(flush))
    shown(JsonLines(), EPOCH)
    assert flushed == [True]


def test_off_a_terminal_every_epoch_is_a_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")  # Too narrow: it must not be broken.
    bar = Bar()
    shown(bar, BETWEEN, EPOCH, BETWEEN, replace(EPOCH, epoch=3, validation={}))
    bar.say("saved", "Wrote [red]a[/red].keras and its card.", model="a")
    said, told = capsys.readouterr()
    assert said == ""
    measured = "  some 75.00%  no digit 100.00%"
    numbers = "loss 0.5123  accuracy 90.00%  1234 images/s"
    assert told.splitlines() == [
        f"epoch 2  {numbers}{measured}  5 min left",
        f"epoch 3  {numbers}  5 min left",
        "Wrote [red]a[/red].keras and its card.",
    ]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0 s"),
        (29.6, "30 s"),
        (60, "1 min"),
        (3599, "1 h 00 min"),
        (7500, "2 h 05 min"),
        (172_800, "48 h 00 min"),
    ],
)
def test_time_left_is_in_words(
    capsys: pytest.CaptureFixture[str], seconds: float, words: str
) -> None:
    shown(Bar(), replace(EPOCH, seconds_left=seconds))
    assert capsys.readouterr().err.endswith(f"  {words} left\n")


def test_terminal_shows_a_bar(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown(Bar(), BETWEEN)
    said, told = capsys.readouterr()
    assert said == ""
    assert "loss 0.5123" in told
    assert "5 min left" in told
    assert " 25 %" in told
    assert "epoch 2" not in told
