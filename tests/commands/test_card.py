import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from handwrite_gui.recognition.model_files.card import card_path, write_card

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "some.keras"
    path.write_bytes(b"weights")
    write_card(path, {"name": "some", "limits": ["Knows no \x1b[31mletters."]})
    return path


def test_card_of_the_model_that_is_shipped(run_command: Run) -> None:
    code, out, err = run_command("card")
    assert (code, err) == (0, "")
    assert out.startswith("What it is\n  name: digits\n")
    assert "What it learned from\n  mnist: 60,000 digits; " in out
    assert max(map(len, out.splitlines())) <= 100


def test_card_of_another_model(run_command: Run, model: Path) -> None:
    code, out, err = run_command("card", "--model", model)
    assert (code, err) == (0, "")
    assert "  name: some\n" in out
    assert "  Knows no [31mletters.\n" in out


def test_json_is_the_card_itself(run_command: Run, model: Path) -> None:
    code, out, err = run_command("card", "--json", "--model", model)
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(card_path(model).read_text(encoding="utf-8"))
    assert out.count("\n") == 1


def test_model_without_a_card(run_command: Run, model: Path) -> None:
    card_path(model).unlink()
    code, out, err = run_command("card", "--model", model)
    assert (code, out) == (1, "")
    assert err.startswith(f"The model {model} has no card: ")


def test_card_that_names_no_checksum_is_shown_with_a_warning(run_command: Run, model: Path) -> None:
    card_path(model).write_text('{"name": "some"}')
    code, out, err = run_command("card", "--model", model)
    assert (code, out) == (0, "What it is\n  name: some\n")
    assert err.startswith(f"The card of the model {model} names no checksum: ")


def test_card_of_another_file(run_command: Run, model: Path) -> None:
    model.write_bytes(b"others")
    code, out, err = run_command("card", "--model", model)
    assert (code, out) == (1, "")
    assert err == (
        f"The model {model} is another than the one of its card some.json: restore the model that "
        "was there, or delete the card.\n"
    )


@pytest.mark.parametrize("content", [b"", b"[]", b"[" * 10**5, b" " * 2**21])
def test_damaged_card(run_command: Run, model: Path, content: bytes) -> None:
    card_path(model).write_bytes(content)
    code, out, err = run_command("card", "--model", model)
    assert (code, out) == (1, "")
    assert err.startswith(f"The model card {card_path(model)} could not be read (")
    assert err.count("\n") == 1


def test_what_is_no_model(run_command: Run, tmp_path: Path) -> None:
    for path, says in ((tmp_path, "is a folder"), (tmp_path / "a.keras", "is not there")):
        code, out, err = run_command("card", "--model", path)
        assert (code, out) == (1, "")
        assert err.startswith(f"The model {path} {says}")
        assert err.endswith("; name another model with --model, or leave --model out.\n")


def test_nothing_heavy_is_loaded() -> None:
    script = (
        "import sys; from handwrite_gui.commands.command_line import run; run(['card']);"
        "print(*{'keras', 'tensorflow', 'numpy', 'PySide6', 'rich'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == ""
