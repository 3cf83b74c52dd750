"""Starts the window, or a command where the first word is one.

Nothing is imported here that the window does not need: it is to be seen at once.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from types import ModuleType

from handwrite_gui import display, logs, paths
from handwrite_gui.commands import command_line


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
        # First, for a mistyped command's options are unknown, too.
        _refuse_mistyped_command(words)
        pictures, model = _window_arguments(words)
    except ValueError as error:
        print(f"handwrite-gui: {error}; handwrite-gui --help shows what it takes.", file=sys.stderr)
        return 2
    problem = display.find_problem()
    if problem:
        print(problem, file=sys.stderr)
        return 2
    # Until the window itself takes Ctrl+C.
    with command_line.ctrl_c_leaves_at_once():
        code: int = import_app().run(pictures, model)
    return code


def import_app() -> ModuleType:
    """Import the window, which the command line does without, in the quickest order."""
    # Until the window is seen; a collection would walk all that is imported, again and again.
    gc.disable()
    # Its threads cost the start more than they ever give back: our matrices are small.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # NumPy comes before Qt, because PySide6 looks at each module imported after it.
    import handwrite_gui.domain.reading  # noqa: F401, I001
    import PySide6.QtCore  # noqa: F401

    _spare_reading_of_sources()
    from handwrite_gui import app

    return app


def _spare_reading_of_sources() -> None:
    """Keep PySide6 from reading the source of each module that is imported after it.

    It looks for its own name there, to tell where its optional features count, none of which is
    used here: 12 ms for our modules. A PySide6 that does this elsewhere is
    left as it is.
    """
    features = vars(sys.modules.get("shibokensupport.feature", ModuleType("")))
    if "_mod_uses_pyside" in features:
        features["_mod_uses_pyside"] = lambda _: True


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
    # A missing file that is called like a picture is told of in the window.
    is_name = word.startswith("-") or Path(word).suffix or Path(word).name != word
    if is_name or not word or os.path.exists(word):
        return
    from difflib import get_close_matches  # Only here: a start without pictures does without.

    near = " or ".join(get_close_matches(word, command_line.COMMANDS))
    hint = f" (did you mean {near}?)" if near else ""
    raise ValueError(f"there is no command and no file {word}{hint}")


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
