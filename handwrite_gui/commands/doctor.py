"""`handwrite-gui doctor`: what is here, what is wrong, and what to do about it.

Made for installations that do not work: it imports neither Qt nor TensorFlow nor NumPy. The model
is tried in a process of its own, where even a crash is an answer.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handwrite_gui import __version__, display, paths
from handwrite_gui.recognition.errors import RecognitionError
from handwrite_gui.recognition.model_files.card import card_path, read_card, sha256_of
from handwrite_gui.recognition.processor import check_processor, has_avx

if TYPE_CHECKING:
    from packaging.specifiers import SpecifierSet

#: What is needed, each with the names under which it may be installed.
_PACKAGES = {
    "PySide6": ["PySide6-Essentials"],
    "TensorFlow": ["tensorflow-cpu", "tensorflow"],
    "Keras": ["keras"],
    "NumPy": ["numpy"],
    "Pillow": ["pillow"],
    "OpenCV": ["opencv-python-headless"],
    "pypdfium2": ["pypdfium2"],
    "h5py": ["h5py"],
    "platformdirs": ["platformdirs"],
    "rich": ["rich"],
}
_PYTHONS = [(3, 11), (3, 12), (3, 13)]
_TRIAL_TIMEOUT_S = 120


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    Attributes:
        topic: What it belongs to, such as "Versions".
        name: What was looked at.
        value: What was found.
        wrong: What is wrong with it and what to do, in one sentence, or None.
    """

    topic: str
    name: str
    value: str
    wrong: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(args: argparse.Namespace) -> int:
    """Print the report.

    Returns:
        0 if nothing is wrong, else 1.
    """
    findings: list[Finding] = []
    if args.json:
        findings = list(examine())
        print(json.dumps(_to_json(findings)))
    elif sys.stdout is not None and sys.stdout.isatty():
        findings = _print_table()
    else:
        for finding in examine():
            findings.append(finding)
            print(f"{finding.topic}: {finding.name}: {finding.value}", flush=True)
        for finding in findings:
            if finding.wrong:
                print(f"Wrong: {finding.wrong}")
    return int(any(finding.wrong for finding in findings))


def examine() -> Iterator[Finding]:
    """Look at everything, the slow things last."""
    yield from _versions()
    yield from _processor()
    yield from _display()
    yield from _folders()
    model, *others = paths.careful_models()
    yield from _model_file(model)
    for other in (*others, paths.numbers_model()):
        yield from _model_file(other, f"{other.stem} ")
    if model.exists():
        yield _trial(model)


def _versions() -> Iterator[Finding]:
    yield Finding("Versions", "Handwrite", __version__)
    wrong = None
    if sys.version_info[:2] not in _PYTHONS:
        wrong = "This Python is none of 3.11 to 3.13: install Handwrite into one of those."
    yield Finding(
        "Versions", "Python", f"{platform.python_version()} on {platform.platform()}", wrong
    )
    needed = _needed_versions()
    for package, names in _PACKAGES.items():
        version = next((v for v in map(_version, names) if v), None)
        name = next((name for name in names if name.lower() in needed), names[0])
        bounds = needed.get(name.lower())
        wrong = None
        if version is None:
            wrong = f'{package} is missing: python -m pip install "{name}{bounds or ""}".'
        elif bounds is not None and not _suits(version, bounds):
            wrong = f"{package} {version} does not suit Handwrite, which needs {bounds}: "
            wrong += f'python -m pip install "{name}{bounds}".'
        yield Finding("Versions", package, version or "missing", wrong)
    if _version("opencv-python"):
        yield Finding(
            "Versions",
            "opencv-python",
            _version("opencv-python") or "",
            "The Qt inside opencv-python clashes with the window's: python -m pip uninstall"
            " opencv-python, then python -m pip install --force-reinstall opencv-python-headless.",
        )


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _suits(version: str, bounds: SpecifierSet) -> bool:
    try:
        return bounds.contains(version, prereleases=True)
    except ValueError:  # Some versions of packaging, of what is no version at all.
        return False


def _needed_versions() -> dict[str, SpecifierSet]:
    """What Handwrite as it is installed needs on this machine: bounds by the package's name."""
    try:
        # Keras brings it along: without it, Keras is missing, and that is said.
        from packaging.requirements import Requirement

        requirements = map(Requirement, metadata.requires("handwrite-gui") or [])
    except ImportError:  # Also where Handwrite is run out of a checkout.
        return {}
    return {
        needed.name.lower(): needed.specifier
        for needed in requirements
        if needed.marker is None or needed.marker.evaluate({"extra": ""})
    }


def _processor() -> Iterator[Finding]:
    avx = {True: "with AVX", False: "without AVX", None: "AVX not needed or not known"}[has_avx()]
    wrong = None
    try:
        check_processor()
    except RecognitionError as error:
        wrong = str(error)
    value = f"{platform.machine()}, {os.cpu_count()} cores, {avx}"
    yield Finding("Machine", "processor", value, wrong)


def _display() -> Iterator[Finding]:
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    named = ", ".join(f"{name}={os.environ[name]}" for name in names if os.environ.get(name))
    problem = display.find_problem()
    if sys.platform == "linux" and not named:
        # No fault of the installation: a server reads pictures just as well.
        yield Finding("Machine", "display", problem or "named by no variable")
    else:
        yield Finding("Machine", "display", named or "the system's own", problem)


def _folders() -> Iterator[Finding]:
    folders = {
        "settings": paths.config_dir(),
        "data": paths.data_dir(),
        "log": paths.log_dir(),
    }
    for name, folder in folders.items():
        there = next((f for f in (folder, *folder.parents) if f.exists()), folder)
        value = str(folder) if there == folder else f"{folder} (made when needed)"
        wrong = None
        try:
            with tempfile.TemporaryFile(dir=there):
                pass
        except OSError as error:
            wrong = f"The folder {there} cannot be written to ({error.strerror}): allow it, or"
            wrong += " set HANDWRITE_HOME to a folder that can."
        yield Finding("Folders", name, value, wrong)


def _model_file(model: Path, which: str = "") -> Iterator[Finding]:
    try:
        sha256 = sha256_of(model)
    except OSError as error:
        wrong = f"The model {model} cannot be read ({error.strerror}): install Handwrite again."
        yield Finding("Model", f"{which}file", str(model), wrong)
        return
    yield Finding("Model", f"{which}file", f"{model}, {model.stat().st_size / 1e6:.2f} MB")
    yield _card(model, sha256, f"{which}card")


def _card(model: Path, sha256: str, name: str) -> Finding:
    wrong = None
    try:
        card = read_card(model)
        if card is None:
            wrong = f"The model {model} has no card beside it: install Handwrite again."
        elif card.get("sha256") != sha256:
            wrong = f"The model {model} is not the one of its card: install Handwrite again."
    except RecognitionError as error:
        wrong = str(error)
    return Finding("Model", name, f"{card_path(model)}, for sha256 {sha256[:12]}…", wrong)


def _trial(model: Path) -> Finding:
    """Read the sample seven just as a person would, in a process of its own."""
    sample = paths.resources_dir() / "samples" / "seven.png"
    command = [sys.executable, "-m", "handwrite_gui", "read", "--json", str(sample)]
    try:
        done = subprocess.run(
            [*command, "--model", str(model)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TRIAL_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Finding("Model", "trial", "did not answer", f"Reading a sample failed: {error}.")
    read: dict[str, Any] = {}
    said = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
    with contextlib.suppress(ValueError):  # It may have crashed in the middle of its line.
        read = json.loads(done.stdout)
        said = read["error"] or said
    texts = [number["text"] for number in read.get("numbers", [])]
    if texts == ["7"]:
        return Finding("Model", "trial", "reads a sample of a 7 as 7")
    wrong = f"A sample of a 7 was read as {texts} (exit code {done.returncode}): {said}"
    return Finding("Model", "trial", "failed", wrong)


def _to_json(findings: list[Finding]) -> dict[str, Any]:
    report: dict[str, Any] = {}
    for finding in findings:
        report.setdefault(finding.topic.lower(), {})[finding.name] = finding.value
    return {**report, "wrong": [finding.wrong for finding in findings if finding.wrong]}


def _print_table() -> list[Finding]:
    # Imported here: where rich is missing, piping the output through cat still gives the report.
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    with console.status("Looking, and reading a sample…"):
        findings = list(examine())
    table = Table(box=None, header_style="bold")
    for title in ("", "", "found"):
        table.add_column(title, overflow="fold")
    topic = ""
    for finding in findings:
        shown = finding.topic if finding.topic != topic else ""
        topic = finding.topic
        table.add_row(shown, finding.name, Text(finding.value, "red" if finding.wrong else ""))
    console.print(table)
    wrong = [finding.wrong for finding in findings if finding.wrong]
    for sentence in wrong:
        console.print(Text(f"Wrong: {sentence}", "red"))
    if not wrong:
        console.print("Nothing is wrong.")
    return findings
