"""Every hostile program on every rung that promises to contain it: contained, rightly judged, and nothing is left.

Those that try what must not work serve rightly if and only if it has failed, so that a run that passes says it was
contained. Where a program succeeds without walls, that is shown too: or else it would try nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from grader.isolation import LADDER
from tests.bad_input.bench import PROGRAMS as BAD_INPUT
from tests.hostile.aims import PROGRAMS, Aims
from tests.hostile.attacks import ATTACKS, ATTEMPTS, EVERY, Attack
from tests.hostile.examined import examine

<<<<<<< HEAD
# What is contained everywhere, would do harm where it is not, or aims at what not every machine has.
UNCONTROLLED = {
    "asks_the_reference.py", "changes_the_clock.py", "enters_other_namespaces.py", "gains_privileges.py",
    "kills_everybody.py", "kills_the_grader.py", "writes_outside.py",
}  # fmt: skip
=======
WALLED = ("bubblewrap", "namespaces", "network")
CONTAINED = (*WALLED, "landlock")
UNSEEN = ("bubblewrap", "namespaces")
EVERY = (*CONTAINED, "plain")

ATTEMPTS = {
    "reads_files.py": CONTAINED,
    "reads_other_processes.py": CONTAINED,
    "sees_other_processes.py": UNSEEN,
    "connects.py": CONTAINED if version() >= CONNECTIONS else WALLED,
    "connects_abstract.py": CONTAINED if version() >= SIGNALS else WALLED,
    "connects_unix.py": WALLED,
    "connects_reference.py": EVERY,
    "sends_datagrams.py": WALLED,
    "signals.py": CONTAINED if version() >= SIGNALS else UNSEEN,
    "writes_outside.py": CONTAINED,
    "leaves_files.py": WALLED,
    "writes_to_terminals.py": CONTAINED,
    "gains_privileges.py": EVERY,
    "changes_its_world.py": WALLED,
    "is_root.py": WALLED,
    "stays.py": EVERY,
}

# What is contained everywhere, or would do harm where it is not.
UNCONTROLLED = {"connects_reference.py", "gains_privileges.py", "leaves_files.py", "stays.py", "writes_outside.py"}

LIMITS = {
    "hogs_memory.py": ("memory=200", "your server used more than 200 MiB of memory and was stopped"),
    "hogs_memory_in_children.py": ("memory=300", "your server used more than 300 MiB of memory and was stopped"),
    "forks.py": ("processes=60", "your server had more than 60 processes and threads at a time and was stopped"),
    "burns_processor.py": ("cpu=1", "your server used more than 1 s of processor time and was stopped"),
    "opens_files.py": ("files=64", "files open, and may have no more than 64"),
    "writes_large_file.py": ("file_size=1", "your server wrote a file of more than 1 MiB and was stopped"),
    "takes_its_time.py": ("run=2", "the whole run may last 2 s"),
}
>>>>>>> main


def pairs() -> Iterator[object]:
    """Each program on the best rung that needs nothing installed, and on the weakest; the others are slow."""
    for attack in ATTACKS:
        for rung in attack.rungs:
            quick = rung in ("namespaces", attack.rungs[-1])
            marks = () if quick else (pytest.mark.slow,)
            yield pytest.param(attack, rung, id=f"{attack.program}-{rung}", marks=marks)


@pytest.mark.parametrize(("attack", "rung"), pairs())
def test_it_is_contained_rightly_judged_and_gone(aims: Aims, attack: Attack, rung: str) -> None:
    found = examine(aims, attack, rung)
    if found.missing:
        pytest.skip(f"no {rung} here: {found.missing}")
    assert found.problems == ()


@pytest.mark.parametrize(
    "attack", [one for one in ATTEMPTS if one.program not in UNCONTROLLED], ids=lambda a: a.program
)
def test_without_walls_it_succeeds(aims: Aims, attack: Attack) -> None:
    """Or else the programs would try nothing: nobody contains them here."""
    root = os.geteuid() == 0
    if attack.program == "is_root.py" and not root:
        pytest.skip("nobody here is root")
    if root and attack.program in ("reads_other_processes.py", "traces_others.py", "walks_through_proc.py"):
        pytest.skip("root without capabilities may not look into the grader, which has them")
    found = examine(aims, attack, "plain")
    if root and "runs as root" not in str(found.loses):
        pytest.skip("somebody without privileges can run the interpreter here, so walls there are")
    assert found.escaped
    assert "ESCAPED" in found.said


def test_every_rung_is_attacked() -> None:
    assert tuple(LADDER) == EVERY
    assert {rung for attack in ATTACKS for rung in attack.rungs} == {*LADDER}


def test_every_program_is_listed_once_and_says_what_it_tries() -> None:
    listed = [attack.program for attack in ATTACKS]
    assert len(listed) == len({*listed})
    here = {path.name for path in PROGRAMS.glob("*.py")} - {"attempt.py"}
    assert here <= {*listed}
    assert all((BAD_INPUT / name).exists() for name in {*listed} - here)
    assert all(attack.tries.endswith(".") for attack in ATTACKS)


def test_what_is_seen_can_be_missed(aims: Aims) -> None:
    """A program that does nothing wrong, expected to fail: the examination says so."""
    found = examine(aims, Attack("shares_memory.py", EVERY, "a problem that it does not have"), "plain")
    assert found.misjudged
    assert not found.escaped
