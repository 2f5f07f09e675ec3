"""What is shipped: the wheel carries the course exactly as git keeps it, and grades from
anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from grader.export.wheel import wheel as exported_wheel
from tests.architecture.checkout import ROOT, ours

COURSE = ("reference", "stages", "stages.yaml")
EXAMPLE = ROOT / "examples" / "finished"


def built(kind: str, tree: Path, into: Path) -> Path:
    """The sdist or the wheel built from `tree`."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(into)]
    subprocess.run(build, cwd=tree, check=True, capture_output=True)
    (result,) = into.iterdir()
    return result


def contents(wheel: Path) -> dict[str, bytes]:
    """What the wheel would install, by path; without the metadata."""
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        return {name: archive.read(name) for name in names}


def expected() -> dict[str, bytes]:
    """What it should install: the package, and the course inside it."""
    course = {f"grader/_course/{name}": (ROOT / name).read_bytes() for name in ours(*COURSE)}
    return {name: (ROOT / name).read_bytes() for name in ours("grader")} | course


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built the way it is released: through the sdist."""
    place = tmp_path_factory.mktemp("wheel")
    with tarfile.open(sdist) as archive:
        # Python 3.11.0 to 3.11.3 have no filters; what we have packed ourselves needs none.
        archive.extractall(
            place / "unpacked", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {})
        )
    (tree,) = (place / "unpacked").iterdir()
    return built("wheel", tree, place / "built")


def test_wheel_ships_what_git_keeps(wheel: Path) -> None:
    found, wanted = contents(wheel), expected()
    assert sorted(found) == sorted(wanted)
    assert found == wanted


def test_wheel_tells_pytest_of_the_plugin(wheel: Path) -> None:
    """By the name of its module: whoever gives it with `-p` too has one plugin."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (it for it in archive.namelist() if it.endswith("/entry_points.txt"))
        lines = archive.read(name).decode().splitlines()
    assert lines[lines.index("[pytest11]") + 1] == "grader.pytest_plugin = grader.pytest_plugin"


def test_exported_wheel_is_the_released_one(wheel: Path, tmp_path: Path) -> None:
    name, content = exported_wheel()
    (tmp_path / name).write_bytes(content)
    assert name == wheel.name
    assert contents(tmp_path / name) == contents(wheel)
    with zipfile.ZipFile(wheel) as released, zipfile.ZipFile(tmp_path / name) as exported:
        about = f"{'-'.join(name.split('-')[:2])}.dist-info"
        for part in ("entry_points.txt", "METADATA"):
            ours_, theirs = (it.read(f"{about}/{part}").decode() for it in (exported, released))
            assert ours_.partition("\n\n")[0].split() == theirs.partition("\n\n")[0].split()


def test_wheel_from_a_working_tree_ships_no_more(tmp_path: Path) -> None:
    """`pip install .` builds from the tree as it is, with everything that lies about in it."""
    tree = tmp_path / "tree"
    for name in ours("grader", *COURSE, "pyproject.toml", "README.md", ".gitignore"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tree / name)
    for stray in ("stages/ok/__pycache__/checks.pyc", "reference/.mypy_cache/x", "stages/.venv/y"):
        (tree / stray).parent.mkdir(parents=True)
        (tree / stray).write_text("not ours")
    assert sorted(contents(built("wheel", tree, tmp_path / "built"))) == sorted(expected())


def test_sdist_carries_its_own_tests(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = ours(
        "grader",
        *COURSE,
        "tests",
        "examples",
        "docs",
        ".ci",
        "pyproject.toml",
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "SECURITY.md",
    )
    assert not set(wanted) - names


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a fresh environment with the wheel. What the wheel depends on is lent by our
    environment."""
    place = tmp_path_factory.mktemp("fresh")
    venv.create(place, with_pip=False, symlinks=True)
    python = place / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True
    )
    (packages,) = place.glob("lib/python*/site-packages")
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "lent.pth").write_text("".join(f"{path}\n" for path in sorted(lent)))
    return place / "bin"


def test_installed_wheel_grades_from_an_empty_directory(installed: Path, tmp_path: Path) -> None:
    empty, elsewhere = tmp_path / "empty", tmp_path / "elsewhere"
    empty.mkdir()
    shutil.copytree(EXAMPLE, elsewhere)

    def run(*arguments: str) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
        command = [str(installed / arguments[0]), *arguments[1:]]
        done = subprocess.run(
            command,
            cwd=empty,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    home = run("python", "-c", "import grader; print(grader.__file__)").strip()
    assert Path(home).is_relative_to(installed.parent)
    assert "headers" in run("grade", "stages")
    assert run("grade", "show", "5").startswith("Read a header\n=============\n")
    # By the interpreter itself: our environment may lie below /tmp, where no submission can see it.
    graded = run(
        "grade",
        "--python",
        str(Path(sys.executable).resolve()),
        "--stage",
        "1-2",
        str(elsewhere / "server.py"),
    )
    assert "PASSED: 2 of 2 stages" in graded
    assert not list(empty.iterdir())
