"""The submission's directory at the level namespaces: at its real path, writable, and never
changed."""

from __future__ import annotations

import os
import shutil
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.unit.isolation.inside import LEVEL_NAMES, WALLED, inside

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGES = """
import json, os, shutil
from pathlib import Path
here = Path.cwd()
before = sorted(map(str, here.rglob("*")))
Path("made").write_text("new")
Path("kept").write_text("changed")
shutil.rmtree("folder")
os.symlink("made", "link")
texts = [Path("made").read_text(), Path("kept").read_text()]
print(json.dumps([os.fsencode(here).decode("latin-1"), *texts, sorted(os.listdir())]))
"""


def snapshot(place: Path) -> dict[str, tuple[int, int, bytes]]:
    return {
        str(path): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in (place, *place.rglob("*"))
    }


def filled(directory: Path) -> Path:
    (directory / "folder").mkdir(parents=True)
    (directory / "folder" / "inner").write_text("inner")
    (directory / "kept").write_text("as it was")
    return directory


@pytest.fixture
def beside_tmp() -> Iterator[Path]:
    """A place that is not below /tmp."""
    try:
        place = Path(tempfile.mkdtemp(dir="/var/tmp"))
    except OSError as error:
        pytest.skip(f"no other place for files: {error}")
    yield place
    shutil.rmtree(place)


def test_it_runs_at_the_real_path_and_changes_nothing(tmp_path: Path) -> None:
    """Whatever signs the path has that mount options, shells or URLs read otherwise."""
    names = [
        "plain", "with spaces", "co:lons", "com,mas", "back\\slash", "all : of, \\them",
        "quo'te\"s", "grüße", "new\nline", "%41", "lowerdir=",
    ]  # fmt: skip
    directories = [filled(tmp_path / name) for name in names]
    before = [snapshot(directory) for directory in directories]
    source = "say([run(arguments[0], at=place / name) for name in arguments[1:]])"
    assert inside("namespaces", tmp_path, source, CHANGES, *names) == [
        [os.fsencode(directory).decode("latin-1"), "new", "changed", ["kept", "link", "made"]]
        for directory in directories
    ]
    assert [snapshot(directory) for directory in directories] == before


def test_a_path_that_is_not_utf_8(tmp_path: Path) -> None:
    directory = filled(tmp_path / os.fsdecode(b"caf\xe9"))
    before = snapshot(directory)
    source = "say(run(arguments[0], at=place / os.fsdecode(b'caf\\xe9')))"
    assert inside("namespaces", tmp_path, source, CHANGES)[1:3] == ["new", "changed"]
    assert snapshot(directory) == before


def test_a_place_that_is_not_below_tmp(beside_tmp: Path) -> None:
    directory = filled(beside_tmp / "submission")
    before = snapshot(directory)
    found = inside("namespaces", beside_tmp, "say(run(arguments[0]))", CHANGES)
    assert found == [str(directory), "new", "changed", ["kept", "link", "made"]]
    assert snapshot(directory) == before


OTHER_TMP = """
import os
from grader.isolation.syscalls import MS_PRIVATE, MS_REC, NEWNS, mount, unshare
if os.geteuid() == 0:
    unshare(NEWNS)
    mount("none", "/", "", MS_REC | MS_PRIVATE)
    mount("tmpfs", "/tmp", "tmpfs", 0, "mode=1777")
"""
"""Root hands over all of /tmp, to which others write at any time: not to this one."""


def test_tmp_itself(beside_tmp: Path) -> None:
    source = """
    (marked := Path(tempfile.mkdtemp(dir="/tmp")) / "mine").write_text("seen")
    source = "import json, os, sys; p = sys.argv[1]; before = open(p).read(); "
    source += "open(p, 'w').write('x'); "
    source += "print(json.dumps([os.getcwd(), before, open(p).read()]))"
    found = run(source, marked)
    say([*found, marked.read_text()])
    marked.unlink()
    marked.parent.rmdir()
    """
    found = inside(
        "namespaces", beside_tmp, f"import tempfile\n{textwrap.dedent(source)}",
        directory=Path("/tmp"), first=OTHER_TMP,
    )  # fmt: skip
    assert found == ["/tmp", "seen", "x", "seen"]


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user hands nothing over")
def test_what_is_too_large_to_be_handed_over_runs_as_root_without_capabilities(
    tmp_path: Path,
) -> None:
    directory = filled(tmp_path / "submission")
    with (directory / "private").open("wb") as file:
        file.truncate(1 << 30)
    (directory / "private").chmod(0o600)
    source = """
    source = "import json, os; status = open('/proc/self/status').read(); "
    source += "print(json.dumps([os.geteuid(), os.stat('private').st_size, status]))"
    say([*run(source), entered.weaknesses[0]])
    """
    user, size, status, weaknesses = inside("namespaces", tmp_path, source)
    assert (user, size) == (0, 1 << 30)
    assert "CapEff:\t0000000000000000" in status
    assert weaknesses.startswith("the program runs as root, without capabilities: ")
    assert weaknesses.endswith("submission is too large to give to another user")


@pytest.mark.parametrize("level", WALLED)
def test_it_is_the_programs_own_and_others_are_not_there(tmp_path: Path, level: str) -> None:
    """Whoever owns it, and even when nobody else may read it: what the teacher put there, and root
    copied."""
    directory = filled(tmp_path / "submission")
    (tmp_path / "neighbour").mkdir()
    for path in (directory / "folder", directory):
        path.chmod(0o700)
    for path in (directory / "folder" / "inner", directory / "kept"):
        path.chmod(0o600)
    before = snapshot(directory)
    question = (
        "import json, os; places = ('.', 'kept', 'folder', 'folder/inner')\n"
        "own = [os.stat(place).st_uid == os.getuid() for place in places]\n"
        "open('kept', 'a').write('!'); open('folder/made', 'w'); os.unlink('folder/inner')\n"
        "beside = sorted({*os.listdir('..')} - {'scratch'})\n"
        "found = [own, open('kept').read(), os.listdir('folder'), beside, os.getuid()]\n"
        "print(json.dumps(found))"
    )
    found = inside(level, tmp_path, "say(run(arguments[0]))", question)
    assert found == [[True] * 4, "as it was!", ["made"], ["submission"], found[4]]
    assert found[4] != 0
    assert snapshot(directory) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("level", WALLED)
def test_files_of_somebody_else(tmp_path: Path, level: str) -> None:
    directory = filled(tmp_path / "submission")
    for path in (directory, *directory.rglob("*")):
        os.chown(path, 4321, 4321)
        path.chmod(0o700)
    question = "import json; print(json.dumps([open('kept').read(), open('folder/inner').read()]))"
    assert inside(level, tmp_path, "say(run(arguments[0]))", question) == ["as it was", "inner"]
    assert directory.stat().st_uid == 4321


def test_a_read_only_directory(tmp_path: Path) -> None:
    directory = filled(tmp_path / "submission")
    directory.chmod(0o555)
    question = (
        "import json, os; print(json.dumps([os.getcwd(), open('kept').read(),"
        " oct(os.stat('.').st_mode & 0o777)]))"
    )
    assert inside("namespaces", tmp_path, "say(run(arguments[0]))", question) == [
        str(directory),
        "as it was",
        "0o555",
    ]
    directory.chmod(0o755)


def test_every_launch_starts_from_the_same_directory(tmp_path: Path) -> None:
    filled(tmp_path / "submission")
    source = """
    source = "import json, os; found = os.listdir(); open('made', 'w'); "
    source += "print(json.dumps(sorted(found)))"
    say([run(source), run(source)])
    """
    assert inside("namespaces", tmp_path, source) == [["folder", "kept"]] * 2


@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_what_a_build_left_is_there_at_every_launch(tmp_path: Path, level: str) -> None:
    before = snapshot(filled(tmp_path / "submission"))
    source = """
    building = "echo built > kept; rm -r folder; mkdir out; echo x > out/server"
    build = ended(launch("/bin/sh", "-c", building, keep=True))
    build.kill()
    source = "import json, os; before = sorted(os.listdir()), open('kept').read(); "
    source += "open('made', 'w'); print(json.dumps(before))"
    say([run(source, built=build.keep), run(source, built=build.keep)])
    """
    assert inside(level, tmp_path, source) == [[["kept", "out"], "built\n"]] * 2
    assert snapshot(tmp_path / "submission") == before


@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_a_shared_directory_is_seen_by_both(tmp_path: Path, level: str) -> None:
    source = """
    (shared := scratch / "shared-1").mkdir()
    entered.share(shared)
    (shared / "ours").write_text("from the grader")
    source = "import json, sys; from pathlib import Path; s = Path(sys.argv[1]); "
    source += "(s / 'theirs').write_text('from the program'); "
    source += "print(json.dumps((s / 'ours').read_text()))"
    read = run(source, shared, shared=shared)
    say([read, (shared / "theirs").read_text()])
    """
    assert inside(level, tmp_path, source) == ["from the grader", "from the program"]


def test_what_is_not_shared_is_not_seen(tmp_path: Path) -> None:
    """The grader's own files, and what other launches were given."""
    source = """
    (scratch / "shared-1").mkdir()
    (scratch / "shared-2").mkdir()
    (scratch / "reference.sock").write_text("")
    source = "import json, os, sys; print(json.dumps(sorted(os.listdir(sys.argv[1]))))"
    say(run(source, scratch, shared=scratch / "shared-1"))
    """
    assert inside("namespaces", tmp_path, source) == ["home", "shared-1"]
