"""Every hostile program at every level that promises to contain it: contained, rightly judged, and
nothing is left.

Those that try what must not work serve rightly if and only if it has failed, so that a run that
passes says it was contained. Where a program succeeds without walls, that is shown too: or else it
would try nothing.
"""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from grader.isolation import LEVELS
from tests.bad_input.bench import PROGRAMS as BAD_INPUT
from tests.hostile.aims import PROGRAMS, Aims
from tests.hostile.attacks import (
    ANSWERS,
    ATTACKS,
    ATTEMPTS,
    EVERY,
    LEAVING,
    LIMITS,
    REFUSED,
    SHARING,
    STAYING,
    Attack,
)
from tests.hostile.examined import examine

if TYPE_CHECKING:
    from collections.abc import Sequence

# What is contained everywhere, would do harm where it is not, or aims at what not every machine
# has.
UNCONTROLLED = {
    "asks_the_reference.py", "changes_the_clock.py", "connects_reference.py",
    "enters_other_namespaces.py", "gains_privileges.py", "kills_everybody.py",
    "kills_the_grader.py", "writes_outside.py",
    *(attack.program for attack in REFUSED if "plain" in attack.levels),
}  # fmt: skip


def pairs(attacks: Sequence[Attack], quick: str = "namespaces") -> list[object]:
    """Each program at every level; quickly on one of them, the weakest where nothing is promised on
    that; else slow."""
    found = []
    for attack in attacks:
        for level in attack.levels:
            chosen = level == (quick if quick in attack.levels else attack.levels[-1])
            marks = () if chosen else (pytest.mark.slow,)
            found.append(pytest.param(attack, level, id=f"{attack.program}-{level}", marks=marks))
    return found


def named(program: str) -> list[Attack]:
    return [attack for attack in ATTACKS if attack.program == program]


def contained(aims: Aims, attack: Attack, level: str, *, fork: bool = True) -> None:
    found = examine(aims, attack, level, fork=fork)
    if found.missing:
        pytest.skip(f"no {level} here: {found.missing}")
    assert found.problems == ()


@pytest.mark.parametrize(("attack", "level"), [*pairs(ATTEMPTS), *pairs(REFUSED, "landlock")])
def test_what_it_tries_fails(aims: Aims, attack: Attack, level: str) -> None:
    """It looks for the grader, too: for its command line, its environment, its terminal."""
    contained(aims, attack, level, fork=False)


@pytest.mark.parametrize("place", ["/tmp", "/dev/shm", ""])
def test_the_graders_own_files_lie_in_no_place_that_is_open(aims: Aims, place: str) -> None:
    """Whatever TMPDIR says: on landlock all of these can be written."""
    found = examine(aims, *named("rewrites_scratch.py"), "landlock", TMPDIR=place)
    if found.missing:
        pytest.skip(f"no landlock here: {found.missing}")
    assert found.problems == ()


@pytest.mark.parametrize(("attack", "level"), pairs(STAYING, "plain"))
def test_who_stays_is_gone(aims: Aims, attack: Attack, level: str) -> None:
    contained(aims, attack, level)


@pytest.mark.parametrize(("attack", "level"), pairs(LEAVING))
def test_what_it_leaves_is_gone(aims: Aims, attack: Attack, level: str) -> None:
    contained(aims, attack, level)


@pytest.mark.parametrize(
    ("attack", "level"), pairs([attack for attack in LIMITS if attack.finding])
)
def test_a_limit_that_is_hit_is_named(aims: Aims, attack: Attack, level: str) -> None:
    contained(aims, attack, level)


@pytest.mark.parametrize(
    ("attack", "level"), pairs([attack for attack in LIMITS if not attack.finding])
)
def test_what_keeps_within_its_limits_passes(aims: Aims, attack: Attack, level: str) -> None:
    """Shared memory counts once, for instance."""
    contained(aims, attack, level)


@pytest.mark.parametrize(
    ("attack", "level"),
    pairs([attack for attack in ANSWERS if attack.program != "forges_results.py"]),
)
def test_what_it_answers_is_judged(aims: Aims, attack: Attack, level: str) -> None:
    contained(aims, attack, level)


@pytest.mark.parametrize(("attack", "level"), pairs(SHARING))
def test_what_it_does_to_its_directory_harms_nobody(aims: Aims, attack: Attack, level: str) -> None:
    contained(aims, attack, level)


@pytest.mark.parametrize(("attack", "level"), pairs(named("forges_results.py"), "plain"))
def test_forged_results_change_nothing(aims: Aims, attack: Attack, level: str) -> None:
    contained(aims, attack, level)


@pytest.mark.parametrize(
    "attack",
    [one for one in (*ATTEMPTS, *REFUSED) if one.program not in UNCONTROLLED],
    ids=lambda a: a.program,
)
def test_without_walls_it_succeeds(aims: Aims, attack: Attack) -> None:
    """Or else the programs would try nothing: nobody contains them here."""
    root = os.geteuid() == 0
    if attack.program in ("is_root.py", "reads_secrets.py") and not root:
        pytest.skip("nobody here is root")
    if root and attack.program in (
        "reads_other_processes.py",
        "traces_others.py",
        "walks_through_proc.py",
    ):
        pytest.skip("root without capabilities may not look into the grader, which has them")
    found = examine(aims, attack, "plain")
    if root and "runs as root" not in str(found.weaknesses):
        pytest.skip("somebody without privileges can run the interpreter here, so walls there are")
    assert found.escaped
    assert "ESCAPED" in found.said


@pytest.mark.parametrize(
    "attack", [one for one in REFUSED if "plain" in one.levels], ids=lambda a: a.program
)
def test_without_a_filter_it_succeeds(aims: Aims, attack: Attack) -> None:
    """Or else the programs would try nothing: no level of ours is around them here."""
    program = aims.program(attack.program)
    with (program.parent / "attempt.py").open("a") as module:
        module.write("\n\ndef serve():\n    print('nothing has worked')\n")
    said = pexpect.run(
        shlex.join([sys.executable, "-P", str(program)]),
        env={**os.environ, "PYTHONPATH": str(program.parent)},
    )
    if b"nothing has worked" in said:
        pytest.skip("this machine refuses it by itself")
    assert b"ESCAPED" in said, said


def test_every_level_is_attacked() -> None:
    assert tuple(LEVELS) == EVERY
    assert {level for attack in ATTACKS for level in attack.levels} == {*LEVELS}


def test_every_program_is_listed_once_and_says_what_it_tries() -> None:
    listed = [attack.program for attack in ATTACKS]
    assert len(listed) == len({*listed})
    here = {path.name for path in PROGRAMS.glob("*.py")} - {"attempt.py"}
    assert here <= {*listed}
    assert all((BAD_INPUT / name).exists() for name in {*listed} - here)
    assert all(attack.tries.endswith(".") for attack in ATTACKS)


def test_what_is_seen_can_be_missed(aims: Aims) -> None:
    """A program that does nothing wrong, expected to fail: the examination says so."""
    found = examine(
        aims, Attack("shares_memory.py", EVERY, "a problem that it does not have"), "plain"
    )
    assert found.misjudged
    assert not found.escaped


def test_a_file_that_is_left_is_seen(aims: Aims) -> None:
    """Where nothing is promised: the file is found in /tmp, and taken away again."""
    found = examine(aims, *named("leaves_files.py"), "plain")
    kept = [f"{place}/{aims.marks.left}" for place in ("/tmp", "/var/tmp", "/dev/shm")]
    there = [path for path in kept if os.path.lexists(path)]
    for path in there:
        os.unlink(path)
    assert there
    assert {f"a file: {path}" for path in there} <= {*found.left}
    assert not found.misjudged
