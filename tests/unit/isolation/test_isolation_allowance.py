"""What the machine allows a submission: as promised, less, or too little to grade by."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import textwrap

import pytest

from grader.doctor.finding import State
from grader.doctor.limits import found
from grader.isolation.allowance import compared
from grader.limits import Limits
from tests.unit.isolation.inside import ROOT

PROMISED = Limits()
UNBOUNDED = {"processes": math.inf, "files": math.inf, "file_size": math.inf, "cpu": math.inf}


def test_a_machine_that_allows_all() -> None:
    for most in (UNBOUNDED, {"processes": 1024, "files": 4096, "file_size": 1024.0, "cpu": 600}):
        allowed = compared(PROMISED, most)
        assert (allowed.limits, allowed.less, allowed.too_little) == (PROMISED, (), ())
        assert found(PROMISED, allowed).state is State.OK


@pytest.mark.parametrize(
    ("name", "most", "words"),
    [
        (
            "processes",
            300,
            (
                "a submission gets 300 processes and threads (ulimit -u), not 1024: this machine"
                " allows no more"
            ),
        ),
        (
            "files",
            1024,
            "a submission gets 1024 open files (ulimit -n), not 4096: this machine allows no more",
        ),
        (
            "file_size",
            100.7,
            (
                "a submission gets 100 MiB in a file (ulimit -f), not 1024: this machine allows no"
                " more"
            ),
        ),
        (
            "cpu",
            60,
            (
                "a submission gets 60 s of processor time (ulimit -t), not 600: this machine allows"
                " no more"
            ),
        ),
    ],
)
def test_a_machine_that_allows_less(name: str, most: float, words: str) -> None:
    allowed = compared(PROMISED, {**UNBOUNDED, name: most})
    assert (allowed.less, allowed.too_little) == ((words,), ())
    assert getattr(allowed.limits, name) == int(most)
    finding = found(PROMISED, allowed)
    assert (finding.state, finding.fails, finding.says) == (State.LESS, False, words)
    assert "prlimit --pid $$ --" in finding.remedies[0].command


@pytest.mark.parametrize(
    ("name", "most"), [("processes", 255), ("processes", -40), ("files", 255), ("cpu", 59)]
)
def test_a_machine_that_allows_too_little(name: str, most: float) -> None:
    allowed = compared(PROMISED, {**UNBOUNDED, name: most})
    assert allowed.less == ()
    assert f"a submission gets {max(1, most)} " in allowed.too_little[0]
    assert found(PROMISED, allowed).fails


def test_who_asks_for_less_gets_by_with_less() -> None:
    """As in --limit processes=50."""
    few = Limits(processes=50)
    assert compared(few, {**UNBOUNDED, "processes": 51}).limits == few
    assert compared(few, {**UNBOUNDED, "processes": 49}).too_little


@pytest.mark.skipif(sys.platform != "linux", reason="counts in /proc")
def test_what_our_own_limits_leave() -> None:
    """The soft ones are raised, and the hard ones said."""
    source = """
    import json, resource
    from grader.isolation.allowance import require
    from grader.limits import Limits
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 700))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 64 << 20))
    limits, less = require(Limits())
    open_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    print(json.dumps([limits.files, limits.file_size, len(less), open_files]))
    """

    command = [sys.executable, "-c", textwrap.dedent(source)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert json.loads(said) == [700, 64, 2, [700, 700]]
