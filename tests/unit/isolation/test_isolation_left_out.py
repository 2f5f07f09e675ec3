"""What of its own directory a submission does not get to see: it is not there, at every level."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.isolation.left_out import left_out
from grader.isolation.level import Needs
from tests.unit.isolation.inside import LEVEL_NAMES, WALLED, inside

LIST = """
import json, os
walked = [(folder, folders + files) for folder, folders, files in os.walk(".")]
found = sorted(os.path.join(folder, name)[2:] for folder, names in walked for name in names)
print(json.dumps(found))
"""
AS_IT_IS = "say(run(arguments[0]))"
BUILT = """
build = ended(launch("/bin/sh", "-c", "mkdir .git made && echo x > made/server", keep=True))
build.kill()
say(run(arguments[0], built=build.keep))
"""


def put(place: Path, *names: str, mode: int = 0o644) -> None:
    for name in names:
        (path := place / name).parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a token")
        path.chmod(mode)


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    (made := tmp_path / "submission").mkdir()
    put(made, "server.py", "lib/helper.py")
    return made


def found(submission: Path, *hidden: str, home: Path = Path("/nowhere")) -> set[str]:
    needs = Needs(submission, hidden=tuple(submission / name for name in hidden))
    return {str(path.relative_to(submission)) for path in left_out(needs, submission, home)}


def test_repositories_and_records_at_every_depth(submission: Path) -> None:
    put(
        submission,
        ".git/config",
        ".git/modules/x/config",
        ".grade/progress.json",
        "lib/deep/er/.git",
        ".gitignore",
    )
    put(submission, "node_modules/x/.git/config", "lib/.github/x", "lib/git/config")
    assert found(submission) == {".git", ".grade", "lib/deep/er/.git", "node_modules/x/.git"}


def test_no_link_is_followed(submission: Path) -> None:
    put(submission.parent / "other", ".git/config")
    (submission / "link").symlink_to("../other")
    (submission / "round").symlink_to(".")
    (submission / ".git").symlink_to("../other/.git")
    assert found(submission) == {".git"}


def test_what_the_grader_hides(submission: Path) -> None:
    put(submission, "course/stages.yaml", "course/.git/config", "report.json")
    assert found(submission, "course", "report.json", "nothing", ".") == {"course", "report.json"}


def test_a_home_directory_that_is_the_submission(submission: Path) -> None:
    put(submission, ".ssh/id_ed25519", ".netrc", "notes.txt")
    assert found(submission, home=submission) == {".ssh", ".netrc"}
    assert found(submission) == set()


def test_the_outer_directories_come_first_when_there_is_much(
    submission: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.isolation.left_out._MOST_LOOKED_AT", 10)
    put(submission, ".git/config", "a/b/c/.git/config", *(f"a/{number}" for number in range(20)))
    assert found(submission) == {".git"}


@pytest.mark.e2e
@pytest.mark.parametrize("level", LEVEL_NAMES)
@pytest.mark.parametrize("what", [AS_IT_IS, BUILT], ids=["as it is", "built"])
def test_it_is_absent_and_the_original_stays(
    submission: Path, tmp_path: Path, level: str, what: str
) -> None:
    put(submission, ".git/config", ".git/objects/00/1", ".grade/progress.json", mode=0o600)
    put(submission, "lib/vendor/.git", mode=0o600)
    before = sorted(submission.rglob("*"))
    seen = inside(level, tmp_path, what, LIST)
    new = (
        {"made", "made/server", ".git"}
        if what == BUILT and level not in ("landlock", "plain")
        else set()
    )
    new |= {"made", "made/server"} if what == BUILT else set()
    assert {*seen} == {"server.py", "lib", "lib/helper.py", "lib/vendor"} | new
    assert sorted(submission.rglob("*")) == before


@pytest.mark.parametrize("level", WALLED)
def test_directories_keep_their_access(submission: Path, tmp_path: Path, level: str) -> None:
    """Also those in which something is absent."""
    put(submission, "lib/.git/config", "bin/.git", "bin/server")
    (submission / "lib").chmod(0o555)
    (submission / "bin").chmod(0o700)
    question = (
        "import json, os; print(json.dumps([oct(os.stat(p).st_mode & 0o777) for p in ('lib',"
        " 'bin')]))\nopen('bin/made', 'w')\n"
    )
    try:
        assert inside(level, tmp_path, AS_IT_IS, question) == ["0o555", "0o700"]
    finally:
        (submission / "lib").chmod(0o755)


ALONE = """
from msgspec.structs import replace
entered._needs = replace(entered._needs, alone="server.py")
getattr(entered, "_seen", {}).clear()  # which was found for the needs before
say(run(arguments[0]))
"""


@pytest.mark.parametrize("level", LEVEL_NAMES)
def test_of_a_file_that_is_alone_the_others_are_not_there(
    submission: Path, tmp_path: Path, level: str
) -> None:
    shutil.rmtree(submission / "lib")
    put(
        submission,
        "victim.py",
        "victim/x.py",
        ".env",
        "__pycache__/victim.cpython-311.pyc",
        ".git/config",
    )
    put(submission, "node_modules/express/index.js", "package.json", "venv/lib/x.py")
    seen = inside(level, tmp_path, ALONE, LIST)
    kept = {
        "node_modules",
        "node_modules/express",
        "node_modules/express/index.js",
        "venv",
        "venv/lib",
        "venv/lib/x.py",
    }
    assert {*seen} == {"server.py", "package.json"} | kept


@pytest.mark.parametrize("level", LEVEL_NAMES[:4])
def test_of_a_file_that_is_alone_the_others_are_nowhere_else(tmp_path: Path, level: str) -> None:
    """Not by the path that they really have. (On landlock all of /tmp is open: so this lies
    elsewhere.)"""
    place = Path("/var/tmp", f"alone-{os.getpid()}-{level}")
    put(place, "submission/server.py", "submission/victim.py")
    question = (
        "import json, os, sys\n"
        "def asked(what):\n"
        "    try: return what(sys.argv[1]) and 'found'\n"
        "    except OSError: return 'nothing'\n"
        "print(json.dumps([asked(lambda path: open(path).read()), asked(os.listdir)]))"
    )
    source = ALONE.replace("run(arguments[0])", "run(arguments[0], arguments[1])")
    try:
        seen = inside(
            level,
            tmp_path,
            source,
            question,
            f"{place}/submission/victim.py",
            directory=place / "submission",
        )
        assert seen == ["nothing", "nothing"]
    finally:
        shutil.rmtree(place)


def test_a_file_that_is_alone_is_its_own(submission: Path, tmp_path: Path) -> None:
    """It can be written to, and what is written is for this launch."""
    source = ALONE.replace("say(run(arguments[0]))", "say([run(arguments[0]), run(arguments[0])])")
    question = (
        "import json, os; before = sorted(os.listdir()); open('server.py', 'a').write('!');"
        " open('made', 'w')\nprint(json.dumps([before, os.getcwd()]))"
    )
    assert (
        inside("namespaces", tmp_path, source, question) == [[["server.py"], str(submission)]] * 2
    )
    assert (submission / "server.py").read_text() == "a token"
