import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pytest
from PIL import Image

from handwrite_gui.recognition.measurement.charts import write_charts
from handwrite_gui.recognition.measurement.damage import DAMAGES
from handwrite_gui.recognition.measurement.evaluation import (
    Acceptance,
    Evaluation,
    Measurement,
    UnderDamage,
)
from handwrite_gui.recognition.measurement.metrics import share

CHARTS = {"calibration", "confusion", "damage", "no-digit", "noise", "refusal"}


def measured(model: str, seed: int, n: int = 500) -> Measurement:
    """All figures of a model that reads about nine in ten."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(10, size=n)
    probabilities = rng.dirichlet(np.full(11, 0.1), n)
    probabilities[np.arange(n), labels] += rng.uniform(0, 5, n)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    damaged = tuple(
        UnderDamage(damage, share(n - nth, n), share(1, n)) for nth, damage in enumerate(DAMAGES)
    )
    marks = {"all": Acceptance(40, share(3, 40)), "star": Acceptance(40, share(3, 40))}
    return Measurement(model, Evaluation(labels, probabilities), damaged, marks)


def texts_of(svg: Path) -> list[str]:
    root = ElementTree.parse(svg).getroot()
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_every_chart_is_written_as_png_and_svg(tmp_path: Path) -> None:
    write_charts([measured("some.keras", 1)], "made", tmp_path / "new" / "folder")
    names = {path.name for path in (tmp_path / "new" / "folder").iterdir()}
    assert names == {f"{name}.{suffix}" for name in CHARTS for suffix in ("png", "svg")}
    for path in (tmp_path / "new" / "folder").glob("*.png"):
        with Image.open(path) as picture:
            assert picture.width == 7 * 160
            assert len(np.unique(np.asarray(picture.convert("L")))) > 20
    for path in (tmp_path / "new" / "folder").glob("*.svg"):
        assert any("some.keras on made" in text for text in texts_of(path))


def test_several_models_share_the_curves(tmp_path: Path) -> None:
    models = [measured("a.keras", 1), measured("runs/b.keras", 2)]
    write_charts(models, "made", tmp_path)
    confusions = {"confusion-a.keras", "confusion-runs-b.keras"}
    assert {path.stem for path in tmp_path.glob("*.svg")} == CHARTS - {"confusion"} | confusions
    for name in CHARTS - {"confusion"}:
        assert {"a.keras", "runs/b.keras"} <= set(texts_of(tmp_path / f"{name}.svg"))


def test_cells_hold_the_counts(tmp_path: Path) -> None:
    labels = np.repeat([3, 8], [150, 7])
    answers = np.repeat([3, 5, 8], [131, 19, 7])
    write_charts([Measurement("x", Evaluation(labels, np.eye(11)[answers]))], "made", tmp_path)
    texts = texts_of(tmp_path / "confusion.svg")
    assert {"131", "19", "7"} <= set(texts)
    assert texts.count("·") == 110 - 3
    assert "87.3" in texts, "the recall of 3"
    assert texts.count("–") == 8 + 7, "no recall without digits, no precision without answers"
    assert any(text.startswith("87.90 % (") for text in texts)


def test_what_was_not_measured_is_not_drawn(tmp_path: Path) -> None:
    whole = measured("some.keras", 1, 50)
    write_charts([Measurement(whole.model, whole.evaluation, whole.damaged[:9])], "a", tmp_path)
    assert {path.stem for path in tmp_path.glob("*.png")} == CHARTS - {"damage", "no-digit"}


def test_same_figures_make_the_same_bytes_whatever_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_charts([measured("some.keras", 1, 50)], "made", tmp_path / "first")
    for name, value in (("axes.facecolor", "red"), ("font.size", 30.0), ("svg.fonttype", "path")):
        monkeypatch.setitem(mpl.rcParams, name, value)
    write_charts([measured("some.keras", 1, 50)], "made", tmp_path / "second")
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("labels", "answers"),
    [([4], [4]), ([4], [10]), ([4, 4], [9, 9]), ([0, 1], [0, 10])],
    ids=["one digit", "all refused", "all wrong", "one of two refused"],
)
def test_odd_figures_are_drawn(tmp_path: Path, labels: list[int], answers: list[int]) -> None:
    evaluation = Evaluation(np.array(labels), np.eye(11)[answers])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_charts([Measurement("odd.keras", evaluation)], "made", tmp_path)
    assert len(list(tmp_path.iterdir())) == 6


def test_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        write_charts([measured("some.keras", 1, 50)], "made", tmp_path / "file")


def test_drawing_needs_no_window() -> None:
    script = (
        "import sys, handwrite_gui.recognition.measurement.charts;"
        "print({'matplotlib.pyplot', 'PySide6', 'tensorflow'} & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
