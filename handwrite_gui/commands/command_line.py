"""The commands and their options."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module

from handwrite_gui import __version__, logs

#: Every command and what it does. Each is a module of this package with
#: `add_arguments(parser: argparse.ArgumentParser) -> None`, which imports nothing heavy, and
#: `run(args: argparse.Namespace) -> int`, which returns the exit code.
COMMANDS = {
    "read": "Read pictures and ink (InkML, SVG) and print the digits.",
    "train": "Train a model.",
    "evaluate": "Measure how well a model reads.",
    "card": "Show what a model is, made from what, how good.",
    "doctor": "Report versions, model, folders, display and processor, and what is wrong.",
}
#: What a shell reports of a program that Ctrl+C ended.
INTERRUPTED = 130


def run(words: list[str]) -> int:
    """Run one command.

    Args:
        words: The command line after the program's name: a command and its arguments, or --help
            or --version.

    Returns:
        Exit code: the command's own, 2 for wrong use, 130 after Ctrl+C.
    """
    name = words[0]
    if name not in COMMANDS:
        print(f"Handwrite {__version__}" if name == "--version" else _help())
        return 0
    for stream in (sys.stdout, sys.stderr):
        # A console that lacks a letter gets its number instead of a failure.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run_command(name, words[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


def _run_command(name: str, words: list[str]) -> int:
    # Imported here because starting the window passes through this module, too.
    from handwrite_gui.commands.arguments import Parser

    # Only the named command is imported: reading loads no Qt, --help no TensorFlow.
    with ctrl_c_leaves_at_once():
        command = import_module(f"handwrite_gui.commands.{name}")
    parser = Parser(f"handwrite-gui {name}", description=COMMANDS[name], allow_abbrev=False)
    command.add_arguments(parser)
    try:
        args = parser.parse(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        with logs.native_stderr_to_log():
            code = int(command.run(args))
        sys.stdout.flush()
    except OSError as error:  # Commands handle their own files' errors: this is the output's.
        _give_up_output(error)
        return 1
    return code


def _give_up_output(error: OSError) -> None:
    """Say what is wrong, unless whoever read the lines has had enough, as `head` does."""
    if not isinstance(error, BrokenPipeError):
        print(f"The output could not be written ({error.strerror}).", file=sys.stderr)
    # What is still buffered would fail again when Python ends.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextlib.contextmanager
def ctrl_c_leaves_at_once() -> Iterator[None]:
    """End the process on Ctrl+C, without a traceback, where there is nothing to be saved.

    A KeyboardInterrupt in the middle of an import does not always arrive: NumPy's turns into an
    ImportError.
    """
    before = signal.getsignal(signal.SIGINT)
    # A job in the background was started with Ctrl+C ignored, and so it stays.
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _help() -> str:
    commands = "\n".join(f"  {name:10} {does}" for name, does in COMMANDS.items())
    return f"""\
usage: handwrite-gui [--model FILE] [PICTURE ...]
       handwrite-gui COMMAND ...

Reads handwritten digits. Without a command it opens its window, and in it the pictures that are
named; a picture that is called like a command is ./read.

options:
  --model FILE  Use another model than our own.
  --version     Show the version.
  --help        Show this.

commands (handwrite-gui COMMAND --help shows the options of one):
{commands}"""
