import gc
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import handwrite_gui
from handwrite_gui import __main__, __version__, display, logs


class Started:
    """Stands in for the window and notes how it was started."""

    def __init__(self) -> None:
        self.windows: list[tuple[list[Path], Path | None]] = []

    def run(self, pictures: list[Path], model: Path | None) -> int:
        self.windows.append((pictures, model))
        self.on_ctrl_c = signal.getsignal(signal.SIGINT)
        return 0


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    started = Started()
    monkeypatch.setattr(handwrite_gui, "app", SimpleNamespace(run=started.run), raising=False)
    monkeypatch.setattr(display, "find_problem", lambda: None)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    yield started
    gc.enable()


@pytest.fixture(autouse=True)
def _no_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "start", lambda folder: None)
    monkeypatch.setattr(logs, "catch_bugs", lambda report: None)


@pytest.mark.parametrize(
    ("words", "pictures", "model"),
    [
        ([], [], None),
        (["a.png", "b c.jpg"], ["a.png", "b c.jpg"], None),
        (["./read"], ["read"], None),
        (["a.png", "read"], ["a.png", "read"], None),
        (["--model", "m.keras", "a.png"], ["a.png"], "m.keras"),
        (["a.png", "--model=m.keras"], ["a.png"], "m.keras"),
        (["--", "--model"], ["--model"], None),
    ],
)
def test_window_opens_pictures_with_model(
    started: Started, words: list[str], pictures: list[str], model: str | None
) -> None:
    assert __main__.main(words) == 0
    assert started.windows == [([Path(p) for p in pictures], Path(model) if model else None)]


def test_ctrl_c_while_the_window_is_made_raises_nothing(started: Started) -> None:
    """A KeyboardInterrupt in the middle of Qt's import aborts the process (measured)."""
    __main__.main([])
    assert started.on_ctrl_c not in (signal.default_int_handler, signal.SIG_IGN, signal.SIG_DFL)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("words", [["--fast"], ["-x", "a.png"], ["--model"], ["--model="]])
def test_wrong_use_of_window_is_one_line_and_code_2(
    started: Started, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert __main__.main(words) == 2
    error = capsys.readouterr().err
    assert error.startswith("handwrite-gui: ")
    assert error.endswith("; handwrite-gui --help shows what it takes.\n")
    assert error.count("\n") == 1
    assert not started.windows


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trian"], "trian (did you mean train?);"),
        (["trian", "--data", "x"], "trian (did you mean train?);"),
        (["eval-uate2"], "eval-uate2 (did you mean evaluate?);"),
        (["foo"], "foo;"),
        (["x" * 5000], "x;"),
    ],
)
def test_first_word_that_is_no_command_and_no_file(
    started: Started, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert __main__.main(words) == 2
    error = capsys.readouterr().err
    assert error.startswith("handwrite-gui: there is no command and no file ")
    assert said in error
    assert error.count("\n") == 1
    assert not started.windows


@pytest.mark.parametrize("word", ["trian", "trian.png", "./trian"])
def test_first_word_that_is_or_looks_like_a_file(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("trian").touch()
    assert __main__.main([word]) == 0
    assert started.windows == [([Path(word)], None)]


def test_problem_with_display_is_said_and_ends_with_code_2(
    started: Started, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(display, "find_problem", lambda: "No display.")
    assert __main__.main([]) == 2
    assert capsys.readouterr().err == "No display.\n"
    assert not started.windows


def test_first_word_that_is_a_command_is_a_command(
    started: Started, capsys: pytest.CaptureFixture[str]
) -> None:
    assert __main__.main(["read"]) == 2
    assert "FILE is missing" in capsys.readouterr().err
    assert not started.windows


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["--version"]) == 0
    assert capsys.readouterr().out == f"Handwrite {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in ("read", "train", "evaluate", "doctor"):
        assert f"\n  {command} " in shown


@pytest.mark.parametrize(
    ("log_file", "said"),
    [
        (
            Path("x.log"),
            "Handwrite met a bug of its own (ValueError: 7); the details are in x.log.",
        ),
        (None, "Traceback:\nValueError: 7"),
    ],
)
def test_bug_is_one_sentence_where_the_log_has_the_rest(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    log_file: Path | None,
    said: str,
) -> None:
    reports: list[Callable[[str], None]] = []
    monkeypatch.setattr(logs, "start", lambda folder: log_file)
    monkeypatch.setattr(logs, "catch_bugs", reports.append)
    assert __main__.main(["--version"]) == 0
    capsys.readouterr()
    reports[0]("Traceback:\nValueError: 7\n")
    assert capsys.readouterr().err == f"{said}\n"
