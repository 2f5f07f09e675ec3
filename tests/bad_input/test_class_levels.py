"""The level that is used is the one that is named: for one submission, for a class, by the doctor
and by `launch`."""

from __future__ import annotations

import json
import os
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


def _too_large_for_nobody(directory: Path) -> None:
    """Only its owner may read it, and it is too large to give to another user."""
    with (directory / "private").open("wb") as file:
        file.truncate(1 << 30)
    (directory / "private").chmod(0o600)


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


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user hands nothing over")
def test_a_member_that_cannot_use_the_level_of_the_class(bench: Bench) -> None:
    if why := missing("bubblewrap"):
        pytest.skip(f"no bubblewrap here: {why}")
    small, large = _members(bench, "small", "large")
    _too_large_for_nobody(large)
    run = _class(bench, small, large, "--require-sandbox", expect=0)
    assert _named(run.out) == "bubblewrap"
    assert (_level(bench, "small"), _level(bench, "large")) == ("bubblewrap", "namespaces")
    assert run.said.count("isolation: namespaces, not bubblewrap") == 1

    run = _class(bench, small, large, "--sandbox", "bubblewrap", expect=3)
    assert "could not be judged" in run.said
    assert "the isolation level 'bubblewrap' does not work on this machine" in run.said
    assert "too large to give to another user" in run.said
    assert _level(bench, "small") == "bubblewrap"
