"""The model card as plain text for a person, whatever is on it.

A card comes with a model of any origin: keys that are not ours are shown under their own names,
values of another kind than ours as well as they can be, and no card makes a text without end.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.card import read_card

MOST_LINES = 400
_MOST_LETTERS = 600
_MOST_LEVELS = 8
#: So many figures stand in one line; more get a line each.
_IN_ONE_LINE = 4
#: What the keys of figures mean.
_WORDS = {
    "accepted": "taken for a digit",
    "accuracy": "read right",
    "accuracy_of_ten": "read right, had nothing been refused",
    "brier_score": "Brier score",
    "calibration_error": "gap between how sure it says it is and how often it is right",
    "damage": "of damaged digits",
    "digits": "of each digit",
    "mistakes_among_least_sure": "mistakes found among its least sure 2 %",
    "n": "number",
    "negative_log_likelihood": "negative log-likelihood",
    "no_digit": "of what is no digit",
    "what": "on",
}
#: Figures from 0 to 1 that are no shares.
_NO_SHARES = frozenset(["brier_score", "negative_log_likelihood", "temperature"])
_INTERVAL = "_interval"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a card.

    Attributes:
        title: What it is about.
        lines: Its lines, each after its level: 0, or more for what belongs to the line above.
    """

    title: str
    lines: tuple[tuple[int, str], ...]


def card_as_text(card: dict[str, Any], width: int = 80) -> str:
    """Write a card as text, in lines of at most so many letters where its words allow it."""
    paragraphs = []
    for section in card_sections(card):
        paragraphs.append(section.title)
        for level, line in section.lines:
            margin = "  " * (level + 1)
            wrapped = textwrap.wrap(
                line, width, initial_indent=margin, subsequent_indent=f"{margin}  "
            )
            paragraphs += wrapped
        paragraphs.append("")
    return "\n".join(paragraphs).rstrip()


def describe_model(model: Path) -> list[Section]:
    """Put a model's card into words; where it has none of use, one line says so."""
    try:
        card = read_card(model)
    except RecognitionError as error:
        return [Section("", ((0, str(error)),))]
    sentence = f"The model {model} has no card that says what it learned from."
    return card_sections(card) if card else [Section("", ((0, sentence),))]


def card_sections(card: dict[str, Any]) -> list[Section]:
    """Put a card into words, what matters most first; what it lacks is left out."""
    rest = {key: _prune(value) for key, value in card.items()}

    def take(*keys: str) -> dict[str, Any]:
        return {key: rest.pop(key) for key in keys if key in rest}

    told = {
        "What it is": _tell(take("name", "date", "licence", "weights", "input", "output")),
        "What it cannot do": _list(rest.pop("limits", [])),
        "What it learned from": _list(rest.pop("data", []), _tell_source),
        "How well it reads, with 95 % intervals": _tell(rest.pop("metrics", {}), shares=True),
        "How it was made": _tell(
            take("recipe", "seed", "seeds", "epochs", "steps", "minutes")
            | take("temperature", "no_digit_prior", "versions")
        ),
        "How it was chosen": _tell(take("chosen_on", "validation"), shares=True),
        "What was tried": _list(rest.pop("tried", []), _tell_attempt),
        "Its file": _tell(take("sha256")),
        "More on its card": _tell(rest),
    }
    sections, left = [], MOST_LINES
    for title, lines in told.items():
        shown = tuple(islice(lines, left))
        left -= len(shown)
        if shown:
            sections.append(Section(title, shown))
    return sections


def _prune(value: object, levels: int = _MOST_LEVELS) -> object:
    """Cut off what is nested deeper than any card of ours."""
    if isinstance(value, dict | list) and not levels:
        return "…"
    if isinstance(value, dict):
        return {key: _prune(inner, levels - 1) for key, inner in value.items()}
    return [_prune(inner, levels - 1) for inner in value] if isinstance(value, list) else value


def _tell(values: object, level: int = 0, *, shares: bool = False) -> Iterator[tuple[int, str]]:
    """A line for each value; what holds several is told below its key.

    Args:
        values: What was found on the card.
        level: Of the lines.
        shares: Whether numbers from 0 to 1 are shares, to be told in per cent.
    """
    if not isinstance(values, dict):
        yield level, _show(values)
        return
    for key, value in values.items():
        if _is_interval(key, values):
            continue
        inner = dict(enumerate(value)) if isinstance(value, list) else value
        if isinstance(inner, dict) and not _is_short(inner):
            yield level, _words(key)
            yield from _tell(inner, level + 1, shares=shares)
        else:
            yield level, f"{_words(key)}: {_figure(key, values, shares=shares)}"


def _list(
    values: object, tell: Callable[[dict[str, Any]], str] | None = None
) -> Iterator[tuple[int, str]]:
    """A line for each of a list's values."""
    for value in values if isinstance(values, list) else [values]:
        yield 0, tell(value) if tell and isinstance(value, dict) else _show(value)


def _tell_source(source: dict[str, Any]) -> str:
    """A set of data: its name, how many digits, and under what terms."""
    rest = dict(source)
    name, digits, terms = (rest.pop(key, None) for key in ("name", "digits", "terms"))
    count = "" if digits is None else f"{_show(digits)} digits"
    return _join("; ", _join(": ", _show(name), count), _show(terms), _in_one_line(rest))


def _tell_attempt(attempt: dict[str, Any]) -> str:
    """Something that was tried: what came of it, and what it cost."""
    rest = dict(attempt)
    what, result, cost = (rest.pop(key, None) for key in ("what", "result", "cost"))
    costs = "" if cost is None else f"cost {_show(cost)}"
    return _join("; ", _join(": ", _show(what), _show(result)), costs, _in_one_line(rest))


def _join(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)


def _figure(key: object, values: dict[Any, Any], *, shares: bool) -> str:
    """A value, and its interval where it has one."""
    shares = shares and key not in _NO_SHARES
    value = _show(values[key], shares=shares) or "not known"
    interval = values.get(
        f"{key}{_INTERVAL}", values.get("interval") if key == "accuracy" else None
    )
    if values[key] is None or not isinstance(interval, list) or len(interval) != 2:
        return value
    low, high = (_show(bound, shares=shares) for bound in interval)
    return f"{value} ({low} to {high})"


def _is_interval(key: object, values: dict[Any, Any]) -> bool:
    if key == "interval":
        return "accuracy" in values
    return str(key).endswith(_INTERVAL) and str(key).removesuffix(_INTERVAL) in values


def _is_short(values: dict[Any, Any]) -> bool:
    """Tell whether all of it is a few plain values."""
    figures = [value for key, value in values.items() if not _is_interval(key, values)]
    return len(figures) <= _IN_ONE_LINE and not any(isinstance(v, dict | list) for v in figures)


def _in_one_line(values: dict[Any, Any], *, shares: bool = False) -> str:
    return ", ".join(
        f"{_words(key)} {_figure(key, values, shares=shares)}"
        for key in islice(values, _MOST_LETTERS)
        if not _is_interval(key, values)
    )


def _show(value: object, *, shares: bool = False) -> str:
    """Any value in words; none for null."""
    if isinstance(value, dict):
        return _shorten(_in_one_line(value, shares=shares))
    if isinstance(value, list):
        return _shorten(", ".join(_show(one, shares=shares) for one in value[:_MOST_LETTERS]))
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, float):
        in_percent = shares and 0 <= value <= 1
        return f"{value:.2%}".replace("%", " %") if in_percent else f"{value:.4g}"
    return _shorten(f"{value:,}" if isinstance(value, int) else str(value))


def _words(key: object) -> str:
    return _WORDS.get(str(key)) or _shorten(str(key)).replace("_", " ")


def _shorten(text: str) -> str:
    """One line of what can be shown: a card may hold line breaks, or colours for the terminal."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text[:_MOST_LETTERS])
    shown = " ".join(shown.split())
    return f"{shown}…" if len(text) > _MOST_LETTERS else shown
