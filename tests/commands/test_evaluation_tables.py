import dataclasses

import numpy as np
import pytest

from handwrite_gui.commands.evaluation_tables import print_measurements
from handwrite_gui.recognition.measurement.damage import DAMAGES
from handwrite_gui.recognition.measurement.evaluation import (
    Acceptance,
    Evaluation,
    Measurement,
    UnderDamage,
)
from handwrite_gui.recognition.measurement.metrics import share


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Measurement:
    """Ten thousand of each digit, all read right, with the widest figures that there can be."""
    monkeypatch.setenv("COLUMNS", "80")
    labels = np.repeat(np.arange(10), 1200)
    evaluation = Evaluation(labels, np.eye(11, dtype=np.float32)[labels])
    damaged = tuple(UnderDamage(one, share(12_000, 12_000), share(0, 12_000)) for one in DAMAGES)
    marks = {"all": Acceptance(100_000, share(100_000, 100_000))}
    return Measurement("some.keras", evaluation, damaged, marks)


def lines_of(said: str) -> list[str]:
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= 80
    return [line.rstrip() for line in said.splitlines()]


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_tables_fit_a_narrow_terminal(
    measured: Measurement, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    models = [
        dataclasses.replace(measured, model=f"runs/{number}/a-model-with-a-long-name.keras")
        for number in range(count)
    ]
    print_measurements(models, "some data of a long name, test part")
    lines = lines_of(capsys.readouterr().out)
    assert sum(line.startswith("moved 3 px right") for line in lines) == 1
    assert sum(line.startswith(("turned", "moved 3 px")) for line in lines) == 6, "a line each"
    (row,) = [line for line in lines if line.startswith("all (100,000)")]
    assert row.count("100.00 %") == count
    assert row.count("(") == 1 + (count if count <= 2 else 0), "intervals where they fit"


def test_several_models_are_called_by_letters(
    measured: Measurement, capsys: pytest.CaptureFixture[str]
) -> None:
    worse = dataclasses.replace(
        measured.evaluation, probabilities=np.roll(measured.evaluation.probabilities, 1, axis=1)
    )
    other = Measurement("other.keras", worse, measured.damaged, measured.marks)
    print_measurements([measured, other, measured], "made")
    lines = lines_of(capsys.readouterr().out)
    assert lines[:4] == ["made: 12,000 digits", "A  some.keras", "B  other.keras", "C  some.keras"]
    assert "recall of 9    100.00 %   0.00 % 100.00 %" in lines
    assert "precision of 0 100.00 %        – 100.00 %" in lines
    titles = [line for line in lines if line.endswith(": what each digit was read as")]
    assert [title[0] for title in titles] == ["A", "B", "C"]
