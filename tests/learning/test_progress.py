"""Progress as a learner meets it: kept where it is wanted, gone on from, told of, and never in
anybody's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from grader.course import course_root, load_course
from tests.learning.desk import SHORT, Desk

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = "500 Oops"
LEVELS = ("bubblewrap", "namespaces", "network", "landlock", "plain")


def test_nothing_is_kept_unless_it_is_wanted(desk: Desk) -> None:
    desk.server()
    desk.graded(*SHORT, expect=0)
    assert os.listdir(desk.place) == ["server.py"]


def test_what_passes_is_kept_and_what_failed_is_known(desk: Desk) -> None:
    desk.server(other="200 OK")
    run = desk.graded("--progress", *SHORT, expect=1)
    count = len(load_course(course_root(), only=()).tracks[0].stages)
    assert f"stages 1-2 passed; 2 of {count} stages of the track http are done" in run.said
    assert "next: 3 paths; read its page: grade show 3" in run.said
    known = desk.known()
    assert [slug for slug in known if "first_passed" in known[slug]] == ["bind-port", "ok"]
    assert known["paths"]["points"] < known["paths"]["max_points"]
    assert os.listdir(desk.record.parent) == ["progress.json"]


def test_a_run_goes_on_where_the_learner_is(desk: Desk) -> None:
    desk.server(other="200 OK")
    desk.graded("--progress", *SHORT, expect=1)
    run = desk.graded("-v", expect=1)
    assert "You are at stage 3 paths. Passed before: stages 1-2" in run.said
    assert run.out.startswith("You are at stage 3 paths.")
    advice = "The port stays open after a client has left"
    assert advice not in run.said
    assert "No byte follows the answer" in run.said  # required, and asked again
    assert advice in desk.graded("-v", "--all", expect=1).said
    assert advice in desk.graded("-v", "--stage", "1", expect=0).said


def test_a_report_has_everything_in_it(desk: Desk) -> None:
    desk.server(other="200 OK")
    desk.graded("--progress", *SHORT, expect=1)
    out = desk.place.parent / "report.json"
    desk.graded("--report", f"json:{out}", expect=1)
    stages = json.loads(out.read_text())["stages"]
    assert any(check["level"] == "advice" for check in stages[0]["checks"])


def test_a_regression_is_named_and_so_is_its_end(desk: Desk) -> None:
    desk.server()
    desk.graded("--progress", *SHORT, expect=0)
    day = desk.known()["paths"]["last_passed"]["at"][:10]
    desk.server(other=BROKEN)
    run = desk.graded(expect=1)
    assert f"regression: 3 paths passed on {day} and fails now" in run.said
    assert f"Stage 3 paths passed on {day}, but has failed since" in desk.graded(expect=1).said
    shown = desk.grade("status", expect=0).said
    assert f"passed on {day}, fails since" in shown
    assert "Next: 3 paths passed before and fails now" in shown
    desk.server()
    assert "progress: stage 3 paths passed" in desk.graded(*SHORT, expect=0).said
    assert "fails_since" not in desk.known()["paths"]


def test_quietly_only_what_is_lost_is_said(desk: Desk) -> None:
    desk.server()
    assert "progress" not in desk.graded("--progress", "-q", *SHORT, expect=0).said
    desk.server(other=BROKEN)
    assert "regression: 3 paths" in desk.graded("-q", expect=1).said


def test_advice_under_strict_is_no_regression(desk: Desk) -> None:
    desk.server()
    desk.graded("--progress", *SHORT, expect=0)
    run = desk.graded("--strict", "--all", *SHORT, expect=1)
    assert "FAILED" in run.said
    assert "regression" not in run.said
    assert "fails_since" not in desk.known()["ok"]


# --- where nothing is kept ------------------------------------------------------------------------


def test_in_ci_nothing_is_written(desk: Desk) -> None:
    desk.server()
    (desk.place / ".grade").mkdir()
    run = desk.graded(*SHORT, expect=0, CI="true")
    assert "progress" not in run.said
    assert (
        "your progress is not recorded: in CI it would be lost"
        in desk.graded("--progress", *SHORT, expect=0, CI="1").said
    )
    assert list((desk.place / ".grade").iterdir()) == []
    desk.graded(*SHORT, expect=0, CI="false")
    assert desk.record.exists()


def test_in_a_class_nothing_is_read_or_written(desk: Desk) -> None:
    desk.server()
    desk.graded("--progress", *SHORT, expect=0)
    before = desk.record.read_text(), desk.record.stat().st_mtime_ns
    desk.graded("--jobs", "1", *SHORT, "-v", expect=0)
    assert (desk.record.read_text(), desk.record.stat().st_mtime_ns) == before


def test_no_progress_when_it_is_not_wanted(desk: Desk) -> None:
    desk.server()
    (desk.place / ".grade").mkdir()
    desk.graded("--no-progress", *SHORT, expect=0)
    assert not desk.record.exists()


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", ".grade/progress.json was not changed: it is not valid JSON"),
        (
            '{"version": 4, "courses": [7]}',
            "a newer grade wrote it (format 4; this one reads up to 3)",
        ),
        ("\x00" * 5, "it is not valid JSON"),
        ("[" * 100_000, "it is not valid JSON"),
        ("[]", "expected object, got array"),
        ("x" * ((1 << 20) + 1), "longer than 1 MiB"),
    ],
)
def test_a_record_that_cannot_be_read_is_left_alone(desk: Desk, text: str, sentence: str) -> None:
    desk.server()
    (desk.place / ".grade").mkdir()
    desk.record.write_text(text)
    run = desk.graded(*SHORT, expect=0)
    assert "PASSED: 3 of 3 stages" in run.out
    assert f"{sentence}\n" in run.err
    assert run.err.count("\n") == 1
    assert sentence in desk.grade("status", expect=2).err
    assert desk.record.read_text() == text
    desk.grade("reset", "--yes", expect=0)
    assert (desk.record.parent / "progress.json.bak").read_text() == text


def _link(place: Path) -> None:
    (place.parent / "elsewhere").mkdir()
    (place / ".grade").symlink_to(place.parent / "elsewhere")


def _linked_file(place: Path) -> None:
    (place.parent / "elsewhere").mkdir()
    (place / ".grade").mkdir()
    (place / ".grade" / "progress.json").symlink_to(place.parent / "elsewhere" / "x")


def _fifo_in_it(place: Path) -> None:
    (place / ".grade").mkdir()
    os.mkfifo(place / ".grade" / "progress.json")


def _directory_in_it(place: Path) -> None:
    (place / ".grade" / "progress.json").mkdir(parents=True)


HOSTILE = {
    "link": (_link, ".grade is not a directory"),
    "linked file": (_linked_file, ".grade/progress.json cannot be read: it is a link"),
    "fifo": (lambda place: os.mkfifo(place / ".grade"), ".grade is not a directory"),
    "fifo in it": (_fifo_in_it, ".grade/progress.json cannot be read: it is not a regular file"),
    "directory in it": (_directory_in_it, ".grade/progress.json"),
    "file": (lambda place: (place / ".grade").write_text("x"), ".grade is not a directory"),
    "dead link": (
        lambda place: (place / ".grade").symlink_to("nowhere"),
        ".grade is not a directory",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("options", [(), ("--progress",)])
def test_what_lies_in_the_way_is_never_followed(
    desk: Desk, name: str, options: tuple[str, ...]
) -> None:
    make, sentence = HOSTILE[name]
    desk.server()
    make(desk.place)
    run = desk.graded(*options, "--stage", "ok", expect=0)
    (said,) = [
        line for line in run.err.splitlines() if "progress" in line and "saved cases" not in line
    ]
    assert said.startswith("grade: your progress is not recorded: ")
    assert sentence in said
    elsewhere = desk.place.parent / "elsewhere"
    assert not elsewhere.exists() or list(elsewhere.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(desk: Desk) -> None:
    desk.server()
    (desk.place / ".grade").mkdir(mode=0o555)
    run = desk.graded("--stage", "ok", expect=0)
    assert ".grade/progress.json cannot be written: Permission denied" in run.said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_folder_of_somebody_else(desk: Desk) -> None:
    desk.server()
    (desk.place / ".grade").mkdir()
    os.chown(desk.place / ".grade", 65534, 65534)
    assert (
        "your progress is not recorded: .grade belongs to another user"
        in desk.graded("--stage", "ok", expect=0).err
    )
    assert not desk.record.exists()


@pytest.mark.parametrize("level", LEVELS)
def test_a_submission_cannot_forge_it(desk: Desk, level: str) -> None:
    """It writes into its directory, where it sees a copy. By its original path it could on `plain`,
    which contains nothing, and on `landlock`, which leaves /tmp to it, where tests lie."""
    forged = json.dumps(
        {"version": 1, "courses": {"http-server": {"gzip": {"points": 9, "max_points": 9}}}}
    )
    there = "" if level in ("plain", "landlock") else str(desk.place)
    then = (
        "import os\n"
        f"        for place in ('.', {there!r}):\n"
        "            try:\n"
        "                kept = os.path.join(place, '.grade', 'progress.json')\n"
        f"                open(kept, 'w').write({forged!r})\n"
        "            except OSError:\n"
        "                pass"
    )
    desk.server(then=then)
    (desk.place / ".grade").mkdir()
    port = ("--port", str(desk.port), "--sandbox", level)
    command = ["-m", "grader", "server.py", *port, *SHORT]
    run = subprocess.run(
        [sys.executable, "-P", *command], cwd=desk.place, env=desk.environment(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "does not work on this machine" in run.stderr:
        pytest.skip(run.stderr)
    assert run.returncode == 0, run.stdout + run.stderr
    assert sorted(desk.known()) == ["bind-port", "ok", "paths"]


# --- git ------------------------------------------------------------------------------------------


def _git(place: Path, *words: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    run = subprocess.run(
        ["git", *identity, *words], cwd=place, check=True, capture_output=True, text=True
    )
    return run.stdout.strip()


def test_the_commit_is_kept(desk: Desk) -> None:
    desk.server()
    _git(desk.place, "init", "-q")
    _git(desk.place, "add", "server.py")
    _git(desk.place, "commit", "-qm", "it")
    desk.graded("--progress", "--stage", "ok", expect=0)
    commit = _git(desk.place, "rev-parse", "HEAD")
    first = desk.known()["ok"]["first_passed"]
    assert (first["commit"], first["dirty"]) == (commit, False)
    desk.server(words="something else")
    desk.graded("--stage", "ok", expect=0)
    last = desk.known()["ok"]["last_passed"]
    assert (last["commit"], last["dirty"]) == (commit, True)
    assert desk.known()["ok"]["first_passed"] == first
    desk.server(other=BROKEN, then="found = False")
    assert (
        f"(commit {commit[:7]}, with changes) and fails now"
        in desk.graded("--up-to", "ok", expect=1).said
    )


# --- grade status, grade reset --------------------------------------------------------------------


def test_the_map_has_every_stage(desk: Desk) -> None:
    shown = desk.grade("status", "--track", "all", expect=0)
    course = load_course(course_root())
    for stage in course.stages:
        assert f"{stage.number:2} {stage.slug} " in shown.out
    for track in course.tracks:
        assert f"0 of {len(track.stages)} stages" in shown.out
    assert "No progress is recorded yet" in shown.out
    assert max(map(len, shown.out.splitlines())) <= 80
    assert os.listdir(desk.place) == []


def test_reset_asks_or_refuses(desk: Desk) -> None:
    desk.server()
    desk.graded("--progress", *SHORT, expect=0)
    before = desk.record.read_text()
    assert (
        "nothing was forgotten: there is no terminal to ask on; add --yes"
        in desk.grade("reset", expect=2).said
    )
    for answer, code in (("n", 1), ("y", 0)):
        asked = desk.terminal("reset")
        asked.expect_exact("Forget all progress? [y/N]:")
        asked.sendline(answer)
        asked.expect(
            "nothing was forgotten|forgotten: all progress; the old progress is in"
            " .grade/progress.json.bak"
        )
        asked.wait()
        assert asked.exitstatus == code
        assert desk.record.exists() == bool(code)
    assert (desk.record.parent / "progress.json.bak").read_text() == before


def test_reset_of_some_stages(desk: Desk) -> None:
    desk.server()
    desk.graded("--progress", *SHORT, expect=0)
    before = desk.record.read_text()
    assert (
        "forgotten: stages 2-3"
        in desk.grade("reset", "--yes", "--stage", "2-3", "server.py", expect=0).said
    )
    assert sorted(desk.known()) == ["bind-port"]
    assert (desk.record.parent / "progress.json.bak").read_text() == before
    assert (
        "there is no progress to forget for stage 9"
        in desk.grade("reset", "--yes", "--stage", "9", expect=0).said
    )
    assert (
        "there is no stage 'gzp'" in desk.grade("reset", "--yes", "--stage", "gzp", expect=2).said
    )


def test_of_what_is_not_there(desk: Desk) -> None:
    assert "there is no file nowhere" in desk.grade("status", "nowhere", expect=2).said
    assert "there is no progress to forget" in desk.grade("reset", expect=0).said
