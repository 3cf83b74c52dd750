"""The wheel works where no checkout is."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # The builder itself, for pip may be missing (uv) and would ask a registry for the builder.
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=CHECKOUT)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs that the wheel installs, where else only dependencies are."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    run(sys.executable, "-m", "venv", str(place))
    variables = {"base": str(place), "platbase": str(place)}
    purelib = Path(sysconfig.get_path("purelib", "venv", variables))
    scripts = Path(sysconfig.get_path("scripts", "venv", variables))
    run(str(scripts / "python"), "-m", "pip", "install", "--no-deps", "--no-index", str(wheel))
    # Written last, for pip would take a handwrite_gui among the dependencies for installed; and
    # looked through last, so that the wheel hides it.
    folders = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (purelib / "dependencies.pth").write_text("\n".join(folders))
    return scripts


def run(*command: str, cwd: Path | None = None, **variables: str) -> str:
    """Run a program that sees no checkout and return what it prints."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environ |= variables
    done = subprocess.run(
        command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def test_wheel_carries_resources_and_models(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for folder in ("resources", "models"):
        files = [path for path in (CHECKOUT / folder).rglob("*") if path.is_file()]
        assert files
        for file in files:
            assert f"handwrite_gui/{file.relative_to(CHECKOUT).as_posix()}" in names


def test_installed_program_reads_its_sample(scripts: Path, tmp_path: Path) -> None:
    where = "import handwrite_gui.paths as p; print(p.__file__, p.resources_dir(), sep='\\n')"
    module, resources = run(str(scripts / "python"), "-c", where, cwd=tmp_path).splitlines()
    assert scripts.parent in Path(module).parents
    assert Path(resources) == Path(module).parent / "resources"

    sample = Path(resources) / "samples" / "seven.png"
    command = [str(scripts / "handwrite-gui"), "read", "--json", str(sample)]
    read = json.loads(run(*command, cwd=tmp_path, HANDWRITE_HOME=str(tmp_path / "home")))
    assert read["error"] is None
    assert [number["text"] for number in read["numbers"]] == ["7"]
    assert (scripts / ("handwrite.exe" if os.name == "nt" else "handwrite")).is_file()
