"""The model card in words: ours, those of others, and those that somebody made to do harm."""

import json
import time
from typing import Any

import pytest

from handwrite_gui import paths
from handwrite_gui.recognition.model_files.card import read_card
from handwrite_gui.recognition.model_files.card_text import MOST_LINES, card_as_text, card_sections

FIGURES = {
    "n": 10_000,
    "accuracy": 0.9957,
    "accuracy_interval": [0.9942, 0.9968],
    "negative_log_likelihood": 0.01534,
    "negative_log_likelihood_interval": [0.0121, 0.019],
    "digits": [
        {"n": 980, "recall": 0.99, "recall_interval": [0.98, 1.0], "precision": None}
        | {"precision_interval": [0.0, 1.0]}
    ],
    "damage": {"noise 0.5": {"accuracy": 0.98, "accuracy_interval": [0.97, 0.99], "refused": 0.01}},
    "no_digit": {"all": {"n": 3000, "accepted": 0.031, "accepted_interval": [0.02, 0.04]}},
}
CARD = {
    "name": "digits",
    "recipe": "handwrite",
    "weights": 432_523,
    "data": [{"name": "mnist", "digits": 60_000, "terms": "CC BY-SA 3.0"}, {"name": "drawn"}],
    "seeds": [1, 2],
    "minutes": 312.25,
    "temperature": 0.62,
    "versions": {"keras": "3.15.1", "numpy": "2.4.6"},
    "limits": ["Reads one digit at a time.", "Knows no letters."],
    "chosen_on": {"what": "writers left out", "accuracy": {"mnist": 0.9937}},
    "metrics": {"mnist, test part": FIGURES},
    "tried": [{"what": "a wider network", "result": "no better", "cost": "40 minutes"}],
    "sha256": "b23d",
}


def test_what_is_on_a_card_is_told() -> None:
    lines = card_as_text(CARD).splitlines()
    for line in (
        "What it is",
        "  name: digits",
        "  weights: 432,523",
        "How well it reads, with 95 % intervals",
        "  mnist, test part",
        "    number: 10,000",
        "    read right: 99.57 % (99.42 % to 99.68 %)",
        "    negative log-likelihood: 0.01534 (0.0121 to 0.019)",
        "      0: number 980, recall 99.00 % (98.00 % to 100.00 %), precision not known",
        "      noise 0.5: read right 98.00 % (97.00 % to 99.00 %), refused 1.00 %",
        "      all: number 3,000, taken for a digit 3.10 % (2.00 % to 4.00 %)",
        "  Reads one digit at a time.",
        "  mnist: 60,000 digits; CC BY-SA 3.0",
        "  drawn",
        "  seeds: 1, 2",
        "  minutes: 312.2",
        "  temperature: 0.62",
        "  versions: keras 3.15.1, numpy 2.4.6",
        "  a wider network: no better; cost 40 minutes",
        "  sha256: b23d",
    ):
        assert line in lines
    text = "\n".join(lines)
    assert "read right: mnist 99.37 %" in text
    assert "_interval" not in text


def test_sections_are_in_their_order_and_none_is_empty() -> None:
    titles = [section.title for section in card_sections(CARD)]
    assert titles[:2] == ["What it is", "What it cannot do"]
    assert titles[-1] == "Its file"
    assert len(titles) == 8
    assert [section.title for section in card_sections({"limits": ["None."], "data": []})] == [
        "What it cannot do"
    ]
    assert card_as_text({}) == ""


def test_interval_under_its_short_name() -> None:
    assert "50.00 % (20.00 % to 80.00 %)" in card_as_text(
        {"metrics": {"few": {"n": 10, "accuracy": 0.5, "interval": [0.2, 0.8]}}}
    )


def test_keys_that_are_not_ours_are_told_as_they_are() -> None:
    text = card_as_text({"made_by": "somebody", "odd": {"a": [1, {"b": True}]}, "none": None})
    assert text.splitlines()[0] == "More on its card"
    assert "  made by: somebody" in text
    assert "none: not known" in text
    assert "b yes" in text


def test_long_lines_are_broken() -> None:
    text = card_as_text({"limits": ["word " * 60]}, width=50)
    assert max(map(len, text.splitlines())) <= 50
    assert text.splitlines()[2].startswith("    word")


def test_every_line_of_the_card_that_is_shipped_is_told() -> None:
    card = read_card(paths.default_model())
    assert card is not None
    text = card_as_text(card, width=10_000)
    assert len(text.splitlines()) < MOST_LINES
    for sentence in card["limits"]:
        assert sentence in text
    for metrics in card["metrics"].values():
        assert f"number: {metrics['n']:,}" in text


# Cards that somebody made to do harm


@pytest.mark.parametrize("value", [None, 3, 0.5, True, "text", [], [1, [2]], {}, {"a": {"b": 1}}])
@pytest.mark.parametrize("key", [*CARD, "no key of ours"])
def test_values_of_another_kind(key: str, value: object) -> None:
    text = card_as_text({key: value})
    assert isinstance(text, str)
    inside = card_as_text({key: [value, {"name": value, "what": value, "accuracy": value}]})
    assert inside.replace("\n", "").isprintable()


@pytest.mark.parametrize(
    "text", ["a\nb", "\x1b[31mred\x1b[0m", "\u202eleft", "\ud800", "\0", "<b>bold</b>", "# title"]
)
def test_nothing_can_be_forged(text: str) -> None:
    card: dict[str, Any] = {"name": text, text: {text: text}, "limits": [text], "metrics": text}
    told = card_as_text(card)
    assert told.replace("\n", "").isprintable()
    assert told.encode()
    assert len(told.splitlines()) < 15


@pytest.mark.parametrize(
    "card",
    [
        {"name": "x" * 10**6},
        {"x" * 10**6: 1},
        {"limits": ["x"] * 10**6},
        {"data": [{"name": "x", "digits": 1}] * 10**5},
        {"metrics": {str(number): FIGURES for number in range(10**4)}},
        {"odd": {str(number): number for number in range(10**5)}},
        {"tried": [{str(number): number for number in range(10**5)}]},
        {"versions": json.loads("[" * 500 + "]" * 500)},
        {"metrics": json.loads('{"a":' * 500 + "1" + "}" * 500)},
        {"weights": 10**4000, "minutes": 1e308, "epochs": float("nan"), "seed": float("-inf")},
    ],
)
def test_endless_cards_have_a_short_text(card: dict[str, Any]) -> None:
    start = time.process_time()
    text = card_as_text(card)
    assert time.process_time() - start < 5
    assert len(text.splitlines()) < 15 * MOST_LINES
    assert len(text) < 1000 * MOST_LINES
