"""The level that is used is the one that is named: for one submission, for a class, by the doctor
and by `launch`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.hostile.examined import missing

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bad_input.bench import Bench, Finished


def _members(bench: Bench, *names: str) -> list[Path]:
    found = []
    for name in names:
        program = bench.program("right.py")
        program.rename(program.with_name("server.py"))
        found.append(program.parent.rename(bench.place / name))
    return found


def _too_large(directory: Path) -> None:
    """A file with a hole, of more bytes than a submission may have."""
    with (directory / "data").open("wb") as file:
        file.truncate(1 << 30)


def _class(bench: Bench, *words: str | Path, expect: int) -> Finished:
    where = ("--port", str(bench.port), "--stage", "ok", f"--report=json:{bench.root}/reports/")
    return bench.say(*words, *where, expect=expect)


def _level(bench: Bench, name: str) -> str:
    report = json.loads((bench.root / "reports" / f"{name}.json").read_text())
    return str(report["environment"]["isolation"]["level"])


def _named(said: str) -> str:
    found = re.search(r"isolation: (\w+)", said)
    assert found, said
    return found[1]


@pytest.mark.variant
def test_it_is_the_same_everywhere(bench: Bench) -> None:
    names = ("one", "two", "three")
    _members(bench, *names)
    alone = bench.grade("one", expect=0)
    assert alone.report is not None
    level = alone.report["environment"]["isolation"]["level"]
    assert _named(alone.out) == level

    together = _class(bench, *names, expect=0)
    assert _named(together.out) == level
    assert {_level(bench, name) for name in names} == {level}
    assert f"not {level}" not in together.said

    doctor = json.loads(bench.say("doctor", "--json", "--port", str(bench.port), expect=0).out)
    assert doctor["sandbox"]["level"] == level
    assert (
        next(tried["name"] for tried in doctor["sandbox"]["levels"] if tried["missing"] is None)
        == level
    )

    fuzz = bench.say(
        "fuzz", "one", "--stage", "ok", "--examples", "1", "--port", str(bench.port), expect=0
    )
    assert _named(fuzz.out) == level

    launch = bench.command("launch", "one", "--stage", "ok", "--port", str(bench.port))
    with bench.started(launch) as running:
        running.until(lambda: running.runs("one/server.py"), "the program")
        running.press_ctrl_c()
        out, err = running.process.communicate()
    assert _named(bench.finished(running.process.returncode, out, err).out) == level


def test_a_class_on_a_level_that_is_asked_for(bench: Bench) -> None:
    if why := missing("bubblewrap"):
        pytest.skip(f"no bubblewrap here: {why}")
    names = ("one", "two", "three")
    _members(bench, *names)
    run = _class(bench, *names, "--sandbox", "bubblewrap", "--jobs", "2", expect=0)
    assert "2 in parallel" in run.said
    assert {_named(run.out), *(_level(bench, name) for name in names)} == {"bubblewrap"}


@pytest.mark.variant
def test_a_member_that_is_too_large_to_be_packed_is_not_graded(bench: Bench) -> None:
    """It says so, and the others keep the level of the class."""
    if why := missing("bubblewrap"):
        pytest.skip(f"no bubblewrap here: {why}")
    small, large = _members(bench, "small", "large")
    _too_large(large)
    run = _class(bench, small, large, "--require-sandbox", expect=1)
    assert _named(run.out) == "bubblewrap"
    assert _level(bench, "small") == "bubblewrap"
    assert run.said.count("is too large to grade (over 512 MiB") == 1
    assert "1 passed, 0 failed, 1 not graded" in run.said
