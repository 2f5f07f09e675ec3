"""Programs that try what a submission must not do, on every rung that promises to prevent it.

Each program serves rightly if and only if what it tried has failed, so that a run that passes says it was contained.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

from grader.isolation import LADDER
from grader.isolation.ruleset import CONNECTIONS, SIGNALS, version
from tests.hostile.aims import Aims

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


def pairs(table: dict[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(name, rung) for name, rungs in table.items() for rung in rungs]


def test_there_is_a_rung_for_every_name() -> None:
    assert tuple(LADDER) == EVERY


@pytest.mark.parametrize(("name", "rung"), pairs(ATTEMPTS))
def test_what_it_tries_fails(aims: Aims, name: str, rung: str) -> None:
    run = aims.grade(rung, name, expect=0)
    assert run.report is not None
    assert run.report["verdict"] == "passed"


@pytest.mark.parametrize("name", [name for name in ATTEMPTS if name not in UNCONTROLLED])
def test_without_walls_it_succeeds(aims: Aims, name: str) -> None:
    """Or else the programs would try nothing: nobody contains them here."""
    root = os.geteuid() == 0
    if name == "is_root.py" and not root:
        pytest.skip("nobody here is root")
    if name == "reads_other_processes.py" and root:
        pytest.skip("root without capabilities may not look into the grader, which has them")
    run = aims.grade("plain", name, expect=1)
    if root and "runs as root" not in str(run.report):
        pytest.skip("somebody without privileges can run the interpreter here, so walls there are")
    assert "ESCAPED" in run.problem


@pytest.mark.parametrize("rung", EVERY)
@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_that_is_hit_is_named(aims: Aims, name: str, rung: str) -> None:
    limit, sentence = LIMITS[name]
    run = aims.grade(rung, name, "--limit", limit, expect=1)
    assert sentence in run.problem
    assert run.failures[0]["kind"] == "resource"


@pytest.mark.parametrize("rung", WALLED)
def test_a_disk_that_is_full_is_named(aims: Aims, rung: str) -> None:
    run = aims.grade(rung, "fills_disk.py", "--limit", "disk=16", expect=1)
    assert "your server has filled its disk of 16 MiB" in run.problem


@pytest.mark.parametrize("rung", EVERY)
def test_shared_memory_counts_once(aims: Aims, rung: str) -> None:
    aims.grade(rung, "shares_memory.py", "--limit", "memory=400", expect=0)


@pytest.mark.parametrize("rung", EVERY)
def test_forged_results_change_nothing(aims: Aims, rung: str) -> None:
    run = aims.grade(rung, "forges_results.py", "--stage", "1-2", expect=1)
    assert run.report is not None
    assert run.report["verdict"] == "failed"
    assert "the status is 500, not 200" in run.problem
    assert "PASSED: 9 of 9" not in run.out.splitlines()[-1]
