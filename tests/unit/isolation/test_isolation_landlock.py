"""The level landlock: which places are open to a program, and that the grader's own are not among
them."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest

from tests.temporary import scratch_place
from tests.unit.isolation.inside import inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITES = """
import json, os, sys
from pathlib import Path

def fails(act):
    try:
        act()
    except OSError:
        return True
    return False

def making(folder):
    (made := Path(folder, "made-by-a-test")).write_text("x")
    made.unlink()

home, place = Path(os.environ["HOME"]), Path(sys.argv[1])
print(json.dumps({
    "tmp": fails(lambda: making("/tmp")),
    "shm": fails(lambda: making("/dev/shm")),
    "scratch": fails(lambda: (home.parent / "planted").write_text("x")),
    "socket": fails((home.parent / "reference.sock").unlink),
    "names": fails(lambda: os.listdir(home.parent)),
    "others": fails(lambda: os.listdir(place)),
    "home": fails(lambda: (home / "file").write_text("x")),
}))
"""
SOURCE = """
(scratch / "reference.sock").write_text("")
say(run(arguments[0], arguments[1], environment={"HOME": str(scratch / "home")}))
"""
CLOSED = {"scratch": True, "socket": True, "names": True, "others": True, "home": False}


@pytest.fixture
def place() -> Iterator[Path]:
    with scratch_place() as place:
        yield place


def test_the_graders_own_files_are_not_open(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(place))
    assert inside("landlock", tmp_path, SOURCE, WRITES, str(place)) == {
        "tmp": False,
        "shm": False,
        **CLOSED,
    }


def test_where_they_have_to_be_in_tmp_that_is_not_open(tmp_path: Path) -> None:
    source = """
    (mine := Path(arguments[1]) / "grade-0123456789abcdef").mkdir()
    (mine / "reference.sock").write_text("")
    needs = Needs(directory, (sys.executable,), {"PATH": os.environ["PATH"]})
    entered = LEVELS["landlock"](mine, needs)
    assert not entered.missing()
    found = run(arguments[0], arguments[1], environment={"HOME": str(mine / "home")})
    say([found, entered.weaknesses])
    """
    with tempfile.TemporaryDirectory(dir="/tmp") as only:
        found, weaknesses = inside("landlock", tmp_path, source, WRITES, only)
    assert found == {"tmp": True, "shm": False, **CLOSED}
    assert "the program cannot use /tmp: the grader's own files are there" in weaknesses
    assert not any("your files in /tmp" in loss for loss in weaknesses)


@pytest.mark.parametrize("level", ["landlock", "plain"])
def test_a_program_that_locks_us_out_of_our_own_directory(tmp_path: Path, level: str) -> None:
    """Landlock does not refuse chmod(2): the next launch is like the first one."""
    source = """
    source = "import json, os; os.chmod('..', 0); print(json.dumps(os.stat('..').st_mode & 0o777))"
    # as where nobody may not use the interpreter: the directory is the program's own then
    entered.user = None
    found = [run(source), run(source)]
    (scratch / "ours").mkdir()
    say(found)
    """
    assert inside(level, tmp_path, source) == [0, 0]
