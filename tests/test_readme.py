"""The README says what the program does."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui import paths
from handwrite_gui.commands import command_line
from handwrite_gui.recognition.model_files.card import read_card

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def readme() -> str:
    return (CHECKOUT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., list[str]]:
    """Reads the sample, and a file of text, and returns the lines that are said."""
    monkeypatch.chdir(tmp_path)
    sample = paths.resources_dir() / "samples" / "seven.png"
    Path("seven.png").write_bytes(sample.read_bytes())
    Path("notes.txt").write_text("Seven.")

    def read(*words: str) -> list[str]:
        command_line.run(["read", *words])
        return capsys.readouterr().out.splitlines()

    return read


def test_example_of_reading(readme: str, read: Callable[..., list[str]]) -> None:
    for line in read("seven.png", "notes.txt"):
        assert f"\n    {line}\n" in readme


def test_example_of_json(readme: str, read: Callable[..., list[str]]) -> None:
    (line,) = read("seven.png", "--json")
    (example,) = re.findall(r"^    (\{.+\n.+\n.+\})$", readme, re.MULTILINE)
    shown = json.loads(example.replace("[…]", "[]").replace("[ten of them]", "[]"))
    said = json.loads(line, parse_float=lambda number: round(float(number), 4))
    (number,), (shown_number,) = said["numbers"], shown["numbers"]
    (digit,), (shown_digit,) = number["digits"], shown_number["digits"]
    assert shown.keys() == said.keys()
    assert shown_digit.keys() == digit.keys()
    assert len(digit["probabilities"]) == 10
    assert shown_number["box"] == number["box"]
    assert [shown_number["confidence"], shown_digit["confidence"]] == pytest.approx(
        [number["confidence"], digit["confidence"]], abs=0.0005
    )
    assert shown_digit["no_digit"] == pytest.approx(digit["no_digit"], abs=0.0001)


def test_every_command_is_listed(readme: str) -> None:
    listed = re.findall(r"^\| `handwrite-gui (\w+)", readme, re.MULTILINE)
    assert listed == list(command_line.COMMANDS)


def test_figures_are_those_of_the_model_card(readme: str) -> None:
    card = read_card(paths.default_model())
    assert card is not None
    for metrics in card["metrics"].values():
        assert f"{metrics['n']:,} digits" in readme
        assert f" {metrics['accuracy']:.2%} |".replace("%", " %") in readme
