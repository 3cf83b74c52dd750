"""Starts the window, or a command where the first word is one.

Nothing is imported here that the window does not need: it is to be seen at once.
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from handwrite_gui import display, logs, paths
from handwrite_gui.commands import command_line

USAGE = "usage: handwrite-gui [--model FILE] [PICTURE ...] | COMMAND ... | --help | --version"


def main(argv: list[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: The words of the command line after the program's name; by default this process's.

    Returns:
        Exit code: 0 for success, 1 where something could not be done, 2 for wrong use or where
        no window can be opened.
    """
    words = sys.argv[1:] if argv is None else argv
    log_file = logs.start(paths.log_dir())
    logs.catch_bugs(lambda details: _report_bug(details, log_file))
    if words and words[0] in (*command_line.COMMANDS, "--help", "-h", "--version"):
        return command_line.run(words)
    return _open_window(words)


def _open_window(words: list[str]) -> int:
    try:
        pictures, model = _window_arguments(words)
        _refuse_mistyped_command(words)
    except ValueError as error:
        print(f"{USAGE}: {error}", file=sys.stderr)
        return 2
    problem = display.find_problem()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    # Until the window is seen; a collection would walk all that is imported, again and again.
    gc.disable()
    # Imports Qt, which the command line does without.
    from handwrite_gui import app

    return app.run(pictures, model)


def _window_arguments(words: list[str]) -> tuple[list[Path], Path | None]:
    """The pictures to open and the model to use; argparse would cost the window's start."""
    pictures: list[Path] = []
    model: Path | None = None
    rest = iter(words)
    for word in rest:
        if word == "--":
            pictures += map(Path, rest)
        elif word == "--model" or word.startswith("--model="):
            name = next(rest, "") if word == "--model" else word.removeprefix("--model=")
            if not name:
                raise ValueError("--model needs a file")
            model = Path(name)
        elif word.startswith("-") and word != "-":
            raise ValueError(f"unknown option {word}")
        else:
            pictures.append(Path(word))
    return pictures, model


def _refuse_mistyped_command(words: list[str]) -> None:
    word = words[0] if words else ""
    if word.isalpha() and not Path(word).exists():
        from difflib import get_close_matches  # Only here: a start without pictures does without.

        for command in get_close_matches(word, command_line.COMMANDS, 1):
            raise ValueError(f"there is no command and no file {word}; did you mean {command}?")


def _report_bug(details: str, log_file: Path | None) -> None:
    if log_file is None:
        print(details, file=sys.stderr, end="")
        return
    last_line = details.rstrip().rpartition("\n")[2]
    print(
        f"Handwrite met a bug of its own ({last_line}); the details are in {log_file}.",
        file=sys.stderr,
    )


if __name__ == "__main__":
    sys.exit(main())
