"""A command's words: what is wrong with them is one sentence, which names the mistyped one."""

from __future__ import annotations

import argparse
import contextlib
import math
import re
from collections.abc import Callable, Container
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

#: What argparse says that nobody would, and what is said instead.
_MISSING = "the following arguments are required: "
_NO_VALUE = re.compile(r"argument (.+): expected (?:one|at least one) argument")
_NEEDED = {"FILE": "the name of a file", "FOLDER": "the name of a folder"}


class _WrongUseError(Exception):
    """What argparse finds wrong."""


class Parser(argparse.ArgumentParser):
    """Parses a command's words.

    argparse alone stops at what is missing and then says nothing of the mistyped option that was
    meant for it.
    """

    def parse(self, words: list[str]) -> argparse.Namespace:
        """Parse all words.

        Raises:
            SystemExit: Help was asked for (code 0), or the words are wrong (code 2); either is
                printed by then.
        """
        args, faults = None, []
        try:
            args, unknown = self.parse_known_args(words)
        except _WrongUseError as error:
            faults.append(str(error))
            unknown = self._find_unknown(words)
        if unknown:
            faults.insert(0, self._name_unknown(unknown))
        if args is None or faults:
            said = " and ".join(faults)
            self.exit(2, f"{self.prog}: {said}; {self.prog} --help shows what it takes.\n")
        return args

    def error(self, message: str) -> NoReturn:
        """Leave it to `parse` to say what is wrong."""
        raise _WrongUseError(self._in_plain_words(message))

    def _in_plain_words(self, message: str) -> str:
        if message.startswith(_MISSING):
            missing = message.removeprefix(_MISSING).split(", ")
            return f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        if no_value := _NO_VALUE.fullmatch(message):
            options = no_value[1].split("/")
            named = (each for each in self._actions if each.option_strings == options)
            metavar = next((each.metavar for each in named), None)
            return f"{no_value[1]} needs {_NEEDED.get(str(metavar), 'a value')}"
        return message.removeprefix("argument ")

    def _find_unknown(self, words: list[str]) -> list[str]:
        for action in self._actions:
            action.required = False
        with contextlib.suppress(_WrongUseError):  # A bad value, which is said already.
            return self.parse_known_args(words)[1]
        return []

    def _name_unknown(self, unknown: list[str]) -> str:
        # What follows an unknown option is its value, and no mistake of its own.
        word = next((word for word in unknown if word.startswith("-")), unknown[0])
        options = [option for action in self._actions for option in action.option_strings]
        near = get_close_matches(word.partition("=")[0], options, 1)
        return f"{word} is unknown" + (f" (did you mean {near[0]}?)" if near else "")


def file_named_unlike(taken: Container[str]) -> Callable[[str], Path]:
    """Make the `type` of an option that takes a file to be written, with none of these suffixes.

    A file's name is soon taken for an option's that was left out, and the file would be gone.
    """

    def parse(text: str) -> Path:
        if not text:
            raise argparse.ArgumentTypeError("the name of a file is missing")
        if Path(text).suffix.lower() in taken:
            raise argparse.ArgumentTypeError(f"“{text}” is named like a file to be read")
        return Path(text)

    return parse


def whole_number(least: int, most: float = math.inf) -> Callable[[str], int]:
    """Make the `type` of an option that takes a whole number of these bounds."""

    def parse(text: str) -> int:
        # Longer ones are no numbers that anybody means, and Python refuses to read them.
        number = int(text) if text.isdecimal() and len(text) < 20 else -1
        if least <= number <= most:
            return number
        to = f" to {most}" if most < math.inf else " on"
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least}{to}")

    return parse


def number_between(above: float, below: float = math.inf) -> Callable[[str], float]:
    """Make the `type` of an option that takes a number between these bounds, neither included."""

    def parse(text: str) -> float:
        with contextlib.suppress(ValueError):
            number = float(text)
            if above < number < below:
                return number
        where = f"between {above} and {below}" if below < math.inf else f"above {above}"
        raise argparse.ArgumentTypeError(f"{text!r} is no number {where}")

    return parse
