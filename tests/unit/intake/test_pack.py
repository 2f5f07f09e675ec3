"""A submission as a pack: equal submissions are equal bytes, and what comes out is what went in."""

from __future__ import annotations

import os
import tarfile
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import NotGraded
from grader.intake import walk
from grader.intake.bounds import Bounds
from grader.intake.pack import Source, pack, unpack
from tests.unit.intake.packs import identity

ODD = "gr\u00fc\udce9 \n=x.py"


def submission(place: Path) -> Path:
    (place / "data" / "empty").mkdir(parents=True)
    (place / "server.py").write_text("print(1)\n")
    (place / "run.sh").write_text("#!/bin/sh\n")
    (place / "run.sh").chmod(0o700)
    (place / "data" / ODD).write_bytes(b"\0\xff")
    (place / "link").symlink_to("data/x")
    os.mkfifo(place / "pipe")
    return place


def seen(place: Path) -> dict[str, object]:
    return {str(path.relative_to(place)): what(path) for path in sorted(place.rglob("*"))}


def what(path: Path) -> object:
    if path.is_symlink():
        return os.readlink(path)
    if not path.is_file():
        return path.is_dir()
    return (path.read_bytes(), bool(path.stat().st_mode & 0o100))


def packed(source: Source, tmp_path: Path) -> tuple[str, Path, str]:
    file, out = tmp_path / "pack", tmp_path / "out"
    out.mkdir()
    found = pack(source, file)
    return found, out, unpack(file, out)


def test_what_comes_out_is_what_went_in(tmp_path: Path) -> None:
    place = submission(tmp_path / "ann")
    found, out, start = packed(Source(place, "server.py"), tmp_path)
    assert seen(out) == seen(place)
    assert start == "server.py"
    assert found == identity(Source(place, "server.py"))
    assert len(found) == 64


def test_equal_submissions_are_equal_bytes(tmp_path: Path) -> None:
    """Whenever, wherever and in whichever order they were written."""
    ann, bob = submission(tmp_path / "ann"), tmp_path / "bob"
    bob.mkdir()
    (bob / "server.py").write_text("print(1)\n")
    (bob / "link").symlink_to("data/x")
    (bob / "data").mkdir(mode=0o700)
    (bob / "data" / ODD).write_bytes(b"\0\xff")
    (bob / "data" / "empty").mkdir()
    (bob / "run.sh").write_text("#!/bin/sh\n")
    os.mkfifo(bob / "pipe")
    (bob / "run.sh").chmod(0o755)
    os.utime(bob / "server.py", (1, 1))
    assert identity(Source(ann)) == identity(Source(bob))
    with tarfile.open(_written(ann, tmp_path)) as found:
        assert {(it.mtime, it.uid, it.gid, it.uname, it.gname) for it in found} == {
            (0, 0, 0, "", "")
        }


def _written(place: Path, tmp_path: Path) -> Path:
    pack(Source(place), file := tmp_path / "one")
    return file


@pytest.mark.parametrize(
    "change",
    [
        lambda place: (place / "server.py").write_text("print(2)\n"),
        lambda place: (place / "server.py").chmod(0o755),
        lambda place: (place / "server.py").rename(place / "main.py"),
        lambda place: (place / "data" / "empty").rmdir(),
        lambda place: ((place / "link").unlink(), (place / "link").symlink_to("data/y")),
    ],
)
def test_another_submission_is_another_pack(tmp_path: Path, change: object) -> None:
    place = submission(tmp_path / "ann")
    before = identity(Source(place))
    assert callable(change)
    change(place)
    assert identity(Source(place)) != before


def test_which_file_starts_belongs_to_it(tmp_path: Path) -> None:
    place = submission(tmp_path / "ann")
    assert identity(Source(place)) != identity(Source(place, "server.py"))
    start = f"data/{ODD}"
    assert packed(Source(place, start), tmp_path)[2] == start


def test_a_single_file_is_a_submission_of_one_file(tmp_path: Path) -> None:
    place = submission(tmp_path / "ann")
    _, out, start = packed(Source(place, "server.py", alone=True), tmp_path)
    assert (os.listdir(out), start) == (["server.py"], "server.py")


def test_what_is_no_part_of_it(tmp_path: Path) -> None:
    place = submission(tmp_path / "ann")
    before = identity(Source(place))
    for name in (".git/config", ".grade/progress.json", "__MACOSX/._x", "__pycache__/x.pyc",
                 "data/.DS_Store", "reports/ann.json"):  # fmt: skip
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(name)
    hidden = frozenset([str(place / "reports")])
    assert identity(Source(place, hidden=hidden)) == before


def test_what_a_build_left_is_older_than_every_source(tmp_path: Path) -> None:
    """Else `make` would start a program that is not made of these sources."""
    place = submission(tmp_path / "ann")
    (place / "server").write_bytes(b"\x7fELF" + bytes(100))
    _, out, _ = packed(Source(place), tmp_path)
    times = {
        path.stat().st_mtime for path in out.rglob("*") if path.is_file() and path.name != "server"
    }
    assert len(times) == 1
    assert (out / "server").stat().st_mtime < times.pop()


@pytest.mark.parametrize(
    "bounds", [Bounds(size=9), Bounds(names=5), Bounds(depth=1), Bounds(path=10)]
)
def test_what_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bounds: Bounds) -> None:
    place = submission(tmp_path / "ann")
    monkeypatch.setattr(walk.entries, "__defaults__", ((), bounds))
    with pytest.raises(
        NotGraded, match=r"ann is too large to grade \(over .* in a directory of its"
    ):
        identity(Source(place))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with open(tmp_path / "server.py", "wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(NotGraded, match="too large to grade"):
        identity(Source(tmp_path))


NAMES = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20
).filter(lambda name: name not in (".", "..") and len(name.encode()) < 200)


@given(st.dictionaries(NAMES, st.binary(max_size=2000), max_size=6))
def test_any_files(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (source := place / "in").mkdir()
        for file, content in files.items():
            (source / file).write_bytes(content)
        _, out, _ = packed(Source(source), place)
        kept = {name: content for name, content in files.items() if not walk.is_junk(name)}
        assert {path.name: path.read_bytes() for path in out.iterdir()} == kept
        assert identity(Source(out)) == identity(Source(source))
