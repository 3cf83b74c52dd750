"""What may not be imported, beside the contracts in pyproject.toml that import-linter checks."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "handwrite_gui"
SAMPLE = PACKAGE.parent / "resources" / "samples" / "seven.png"

LOADED = """
import sys
{program}
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {{{forbidden}}}))
"""


def loaded_by(program: str, *forbidden: str) -> str:
    """Names of the forbidden packages that a process of its own holds after the program."""
    script = LOADED.format(program=program, forbidden=", ".join(map(repr, forbidden)))
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120
    )
    return done.stdout.splitlines()[-1]


def run_command(*words: str) -> str:
    return f"from handwrite_gui.commands.command_line import run; run({list(words)!r})"


def test_window_loads_nothing_heavy() -> None:
    heavy = ("keras", "tensorflow", "h5py", "cv2", "PIL", "rich")
    assert loaded_by("import handwrite_gui.__main__, handwrite_gui.app", *heavy) == ""


def test_explaining_loads_nothing_heavy_in_the_window() -> None:
    heavy = ("keras", "tensorflow", "h5py", "cv2", "PIL", "rich")
    assert loaded_by("import handwrite_gui.widgets.draw.why.panel", *heavy) == ""


def test_reading_loads_no_qt() -> None:
    assert loaded_by(run_command("read", str(SAMPLE)), "PySide6", "shiboken6") == ""


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["doctor", "--help"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    heavy = ("PySide6", "keras", "tensorflow", "numpy", "PIL", "cv2", "rich")
    assert loaded_by(run_command(*words), *heavy) == ""


@pytest.mark.parametrize("command", ["read", "train", "evaluate"])
def test_help_of_a_command_loads_no_tensorflow(command: str) -> None:
    assert loaded_by(run_command(command, "--help"), "PySide6", "keras", "tensorflow") == ""


def imports_of(room: str) -> Iterator[tuple[str, str]]:
    """Each file of a room with the full name of each thing that it imports, wherever it does."""
    for file in sorted((PACKAGE / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((file.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((file.name, f"{node.module}.{alias.name}") for alias in node.names)


def test_services_know_no_widgets() -> None:
    found = [(file, name) for file, name in imports_of("services") if "QtWidgets" in name]
    assert found == []


def test_domain_knows_nothing_but_numpy() -> None:
    allowed = {*sys.stdlib_module_names, "numpy"}
    found = [
        (file, name)
        for file, name in imports_of("domain")
        if name.partition(".")[0] not in allowed and not name.startswith("handwrite_gui.domain.")
    ]
    assert found == []


def test_replay_is_imported_when_it_is_first_wanted() -> None:
    script = "import sys, handwrite_gui.widgets.draw.replay.desk; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120
    )
    loaded = done.stdout.split()
    assert "handwrite_gui.widgets.draw.replay.replay" not in loaded
    assert "handwrite_gui.reading.replay" not in loaded


def test_sources_are_not_read_for_features_that_are_not_used() -> None:
    """PySide6 would read each module's; a new one that does so otherwise is noticed here."""
    script = (
        "import linecache, handwrite_gui.__main__ as m; m.import_app(); print(*linecache.cache)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120
    )
    assert "handwrite_gui" not in done.stdout


def test_window_comes_before_what_nobody_can_want_yet() -> None:
    script = "import sys, handwrite_gui.app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True, timeout=120
    )
    late = ("replay.desk", "why.desk", "digit_desk")
    assert not {f"handwrite_gui.widgets.draw.{name}" for name in late} & set(done.stdout.split())
