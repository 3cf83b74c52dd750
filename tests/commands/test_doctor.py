import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from handwrite_gui import paths
from handwrite_gui.commands import command_line, doctor
from handwrite_gui.recognition.errors import RecognitionError

Examined = tuple[int, dict[str, Any]]


class Trial:
    """Stands in for the process that reads the sample."""

    def __init__(self) -> None:
        self.exit_code = 0
        self.stdout: dict[str, Any] | None = {"numbers": [{"text": "7"}], "error": None}
        self.stderr = b""

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        assert command[3:5] == ["read", "--json"]
        stdout = json.dumps(self.stdout).encode() if self.stdout else b""
        return subprocess.CompletedProcess(command, self.exit_code, stdout, self.stderr)


@pytest.fixture(autouse=True)
def trial(monkeypatch: pytest.MonkeyPatch) -> Trial:
    trial = Trial()
    replace_run(monkeypatch, trial.run)
    return trial


def replace_run(monkeypatch: pytest.MonkeyPatch, run: Callable[..., Any]) -> None:
    """Replace it for the doctor alone: Python's own platform module starts processes, too."""
    monkeypatch.setattr(doctor, "subprocess", SimpleNamespace(**{**vars(subprocess), "run": run}))


@pytest.fixture(autouse=True)
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    model, other = tmp_path / "digits.keras", tmp_path / "careful.keras"
    card = {"sha256": hashlib.sha256(b"weights").hexdigest()}
    for one in (model, other):
        one.write_bytes(b"weights")
        one.with_suffix(".json").write_text(json.dumps(card))
    monkeypatch.setattr(paths, "careful_models", lambda: (model, other))
    monkeypatch.setenv("HANDWRITE_HOME", str(tmp_path / "home"))
    return model


@pytest.fixture(autouse=True)
def requirements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Handwrite says that it needs; at first nothing, as where it is not installed."""
    requirements: list[str] = []

    def requires(name: str) -> list[str]:
        if not requirements:
            raise metadata.PackageNotFoundError(name)
        return requirements

    monkeypatch.setattr(metadata, "requires", requires)
    return requirements


@pytest.fixture
def examined(capsys: pytest.CaptureFixture[str]) -> Callable[[], Examined]:
    def examined() -> Examined:
        code = command_line.run(["doctor", "--json"])
        return code, json.loads(capsys.readouterr().out)

    return examined


def test_nothing_wrong(examined: Callable[[], Examined]) -> None:
    code, report = examined()
    assert (code, report["wrong"]) == (0, [])
    assert set(report) == {"versions", "machine", "folders", "model", "wrong"}
    assert report["versions"]["PySide6"] == metadata.version("PySide6-Essentials")
    assert "cores" in report["machine"]["processor"]
    assert report["model"]["trial"] == "reads a sample of a 7 as 7"


def test_plain_lines_where_there_is_no_terminal(
    capsys: pytest.CaptureFixture[str], model: Path
) -> None:
    model.unlink()
    assert command_line.run(["doctor"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Versions: Handwrite: ") for line in lines)
    assert lines[-1].startswith(f"Wrong: The model {model} cannot be read (")


def test_table_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert command_line.run(["doctor"]) == 0
    assert "Nothing is wrong." in capsys.readouterr().out


def test_model_without_or_with_another_card(examined: Callable[[], Examined], model: Path) -> None:
    model.write_bytes(b"other weights")
    assert "is not the one of its card" in examined()[1]["wrong"][0]
    model.with_suffix(".json").write_text("[]")
    assert "is no JSON object" in examined()[1]["wrong"][0]
    model.with_suffix(".json").unlink()
    assert "has no card beside it" in examined()[1]["wrong"][0]


def test_model_that_is_only_read_with_carefully(
    examined: Callable[[], Examined], model: Path
) -> None:
    other = model.with_name("careful.keras")
    assert str(other) in examined()[1]["model"]["careful file"]
    other.write_bytes(b"other weights")
    code, report = examined()
    assert (code, report["model"]["trial"]) == (1, "reads a sample of a 7 as 7")
    (wrong,) = report["wrong"]
    assert wrong.startswith(f"The model {other} is not the one of its card")
    other.unlink()
    assert examined()[1]["wrong"][0].startswith(f"The model {other} cannot be read (")


def test_model_that_reads_wrong(examined: Callable[[], Examined], trial: Trial) -> None:
    trial.stdout = {"numbers": [{"text": "1"}], "error": None}
    code, report = examined()
    assert code == 1
    assert "read as ['1']" in report["wrong"][0]


def test_trial_that_crashes(examined: Callable[[], Examined], trial: Trial) -> None:
    trial.exit_code, trial.stdout, trial.stderr = -4, None, b"noise\nIllegal instruction\n"
    (wrong,) = examined()[1]["wrong"]
    assert wrong == "A sample of a 7 was read as [] (exit code -4): Illegal instruction"


def test_trial_that_never_ends(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(command: list[str], timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    replace_run(monkeypatch, hang)
    assert "timed out after 120 seconds" in examined()[1]["wrong"][0]


def test_packages_missing_or_in_the_way(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch
) -> None:
    def version(name: str) -> str:
        if name in ("keras", "tensorflow-cpu", "tensorflow"):
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(metadata, "version", version)
    code, report = examined()
    assert code == 1
    assert report["versions"]["Keras"] == "missing"
    tensorflow, keras, opencv = report["wrong"]
    assert tensorflow == 'TensorFlow is missing: python -m pip install "tensorflow-cpu".'
    assert keras == 'Keras is missing: python -m pip install "keras".'
    assert "uninstall opencv-python" in opencv


def test_versions_out_of_bounds(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch, requirements: list[str]
) -> None:
    versions = {"PySide6-Essentials": "6.12.0", "tensorflow-cpu": "2.9.1", "pillow": "13.0"}

    def version(name: str) -> str:
        if name in versions:
            return versions[name]
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", version)
    monkeypatch.setattr(doctor, "_PACKAGES", dict([*doctor._PACKAGES.items()][:5]))
    requirements += [
        "pyside6-essentials<6.12,>=6.8; python_version < '3.99'",
        "PySide6-Essentials>=7; python_version >= '3.99'",
        "tensorflow>=2.20; sys_platform == 'none'",
        "tensorflow-cpu>=2.10",
        "Pillow>=9.1",
        "keras>=3.15.1",
        "numpy>=99; extra == 'test'",
    ]
    code, report = examined()
    assert code == 1
    assert report["versions"]["TensorFlow"] == "2.9.1"
    assert report["wrong"] == [
        "PySide6 6.12.0 does not suit Handwrite, which needs <6.12,>=6.8:"
        ' python -m pip install "PySide6-Essentials<6.12,>=6.8".',
        "TensorFlow 2.9.1 does not suit Handwrite, which needs >=2.10:"
        ' python -m pip install "tensorflow-cpu>=2.10".',
        'Keras is missing: python -m pip install "keras>=3.15.1".',
        'NumPy is missing: python -m pip install "numpy".',
    ]


def test_versions_where_packaging_is_missing(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch, requirements: list[str]
) -> None:
    requirements.append("pillow>=99")
    assert "Pillow" in examined()[1]["wrong"][0]
    monkeypatch.setitem(sys.modules, "packaging.requirements", None)
    assert examined()[1]["wrong"] == []


def test_folder_that_cannot_be_written_to(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch, model: Path
) -> None:
    monkeypatch.setenv("HANDWRITE_HOME", str(model))
    wrong = examined()[1]["wrong"]
    assert len(wrong) == 3
    assert all("HANDWRITE_HOME" in sentence for sentence in wrong)


def test_processor_without_avx(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise RecognitionError("No AVX.")

    monkeypatch.setattr(doctor, "check_processor", refuse)
    assert examined()[1]["wrong"] == ["No AVX."]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only: X11 and Wayland")
def test_dead_display_is_wrong_and_none_is_not(
    examined: Callable[[], Examined], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":9873")
    assert "does not answer" in examined()[1]["wrong"][0]
    monkeypatch.delenv("DISPLAY")
    code, report = examined()
    assert code == 0
    assert "there is no display" in report["machine"]["display"]
