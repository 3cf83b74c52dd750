"""What is said of words that a command does not take."""

import pytest

from handwrite_gui.commands import command_line
from handwrite_gui.commands.arguments import Parser


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("train --dta x --out y", "--dta is unknown (did you mean --data?)"),
        (
            "train --dta x",
            "--dta is unknown (did you mean --data?) and --out is missing",
        ),
        (
            "evaluate foo",
            "foo is unknown and --data is missing",
        ),
        ("evaluate --data x --part=test --modle=y", "--modle=y is unknown (did you mean --model?)"),
        ("evaluate", "--data is missing"),
        ("evaluate --data x foo", "foo is unknown"),
        ("read", "FILE is missing"),
        ("read --jsn a.png", "--jsn is unknown (did you mean --json?)"),
        (
            "read --jsn",
            "--jsn is unknown (did you mean --json?) and FILE is missing",
        ),
        ("read a.png --model", "--model needs the name of a file"),
        ("read a.png --csv", "--csv needs the name of a file"),
        ("read a.png --csv=", "--csv: the name of a file is missing"),
        ("read --csv --json a.png", "--csv needs the name of a file"),
        ("read --csv a.png b.png", "--csv: “a.png” is named like a file to be read"),
        ("read a.png --csv b.InkML", "--csv: “b.InkML” is named like a file to be read"),
        ("evaluate --data x --pictures", "--pictures needs the name of a folder"),
        ("train --data x --out y --epochs", "--epochs needs a value"),
        ("train --dta x --epochs 0", "--epochs: '0' is no whole number from 1 on"),
    ],
)
def test_wrong_words_are_named_in_one_sentence(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command, *rest = words.split()
    assert command_line.run([command, *rest]) == 2
    name = f"handwrite-gui {command}"
    out, told = capsys.readouterr()
    assert (out, told) == ("", f"{name}: {said}; {name} --help shows what it takes.\n")


def test_all_that_is_missing_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    parser = Parser("x")
    parser.add_argument("file")
    parser.add_argument("--out", required=True)
    with pytest.raises(SystemExit):
        parser.parse([])
    assert "x: file and --out are missing;" in capsys.readouterr().err


def test_help_says_what_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(["train", "--dta", "x", "--help"]) == 0
    usage = capsys.readouterr().out.partition("\n\n")[0]
    assert " --out FILE " in " ".join(usage.split())
