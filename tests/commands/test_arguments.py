"""What is said of words that a command does not take."""

import pytest

from handwrite_gui.commands import command_line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("train --dta x --out y", "--dta is unknown (did you mean --data?)"),
        (
            "train --dta x",
            "--dta is unknown (did you mean --data?)"
            " and the following arguments are required: --out",
        ),
        (
            "evaluate foo",
            "foo is unknown and the following arguments are required: --data",
        ),
        ("evaluate --data x --part=test --modle=y", "--modle=y is unknown (did you mean --model?)"),
        ("evaluate", "the following arguments are required: --data"),
        ("evaluate --data x foo", "foo is unknown"),
        ("read", "the following arguments are required: FILE"),
        ("read --jsn a.png", "--jsn is unknown (did you mean --json?)"),
        (
            "read --jsn",
            "--jsn is unknown (did you mean --json?)"
            " and the following arguments are required: FILE",
        ),
        ("read a.png --model", "argument --model: expected one argument"),
        ("train --dta x --epochs 0", "argument --epochs: '0' is no whole number from 1 on"),
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


def test_help_says_what_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.run(["train", "--dta", "x", "--help"]) == 0
    usage = capsys.readouterr().out.partition("\n\n")[0]
    assert " --out FILE " in " ".join(usage.split())
