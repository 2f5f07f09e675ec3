"""A process of its own that enters a level and launches programs in it: entering moves the process
for good."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
LEVEL_NAMES = ("bubblewrap", "namespaces", "network", "landlock", "plain")
WALLED = LEVEL_NAMES[:3]
CONTAINED = LEVEL_NAMES[:4]
SECRET = "what only the grader's environment holds"
_PATIENCE_S = 120.0  # until a test gives up; nothing is judged by it

_HEAD = """
import ctypes, json, os, select, signal, socket, sys, threading, time
from pathlib import Path
from grader.errors import GraderError
from grader.isolation import LEVELS, Needs
from grader.isolation.scratch import scratch_directory
from grader.system import processes
from grader.limits import Limits
from grader.program.program import Program

name, place, directory, *arguments = sys.argv[1:]
place, directory = Path(place), Path(directory)
working = scratch_directory()
scratch = working.__enter__()
needs = Needs(directory, (sys.executable,), {"PATH": os.environ["PATH"]}, (), Limits())
entered = LEVELS[name](scratch, needs)
if reason := entered.missing():
    print(json.dumps({"missing": reason}))
    sys.exit()
entered.enter()

def launch(*command, at=None, shared=None, built=None, environment=None, keep=False):
    contained = entered.contain(at or directory, shared, built)
    launched = Program(
        [*contained.prefix, *(str(word) for word in command)],
        directory=contained.directory,
        confine=contained.confine,
        environment={"PATH": os.environ["PATH"], **(environment or {})},
        waiters=entered.waiters,
        release=None if keep else contained.release,
    )
    launched.keep = contained.keep
    return launched

def ended(program):
    assert program.wait_exit(60), program.output.tail()
    program.output.finish(10)
    return program

def run(source, *words, **options):
    "The last line that a Python program prints, as JSON, once it has ended."
    program = ended(launch(sys.executable, "-c", source, *words, **options))
    said, status = program.output.tail().decode(), program.exit_status
    program.kill()
    assert status == 0, said
    return json.loads(said.splitlines()[-1])

def until(fact, what):
    deadline = time.monotonic() + 60
    while not (found := fact()):
        assert time.monotonic() < deadline, f"never seen: {what}"
        select.select([], [], [], 0.002)
    return found

def lines(program, count):
    "Its output, once it has printed so many lines."
    def found():
        said = program.output.tail().decode().splitlines()
        return said[count - 1:] and said
    return until(found, "its lines")

def at_place():
    "The processes with `place` in their command, without this one."
    others = [pid for pid in processes.all_pids() if pid != os.getpid()]
    return [pid for pid in others if str(place) in processes.command_of(pid)]

PAUSES = "import signal; print('there', flush=True); signal.pause()"

def say(found):
    print(json.dumps(found))

"""
_TAIL = """
entered.leave()
say({"left": scratch.exists() and os.listdir(scratch)})
working.__exit__(None, None, None)
"""


def inside(
    level: str,
    place: Path,
    source: str,
    *arguments: str,
    directory: Path | None = None,
    first: str = "",
) -> Any:  # noqa: ANN401
    """What `source` gives to `say`; it runs in a process that has entered the level, with a
    `directory` to run: when none is given, `place`/submission. first: what the process does before.

    Skips where the isolation level does not work, with the reason.
    """
    (directory := directory or place / "submission").mkdir(exist_ok=True)
    program = first + _HEAD + textwrap.dedent(source) + _TAIL
    done = subprocess.run(
        [sys.executable, "-c", program, level, str(place), str(directory), *arguments],
        cwd=ROOT,
        env={**os.environ, "GRADER_SECRET": SECRET},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    said = [json.loads(line) for line in done.stdout.splitlines()]
    if isinstance(said[0], dict) and "missing" in said[0]:
        pytest.skip(f"no {level} here: {said[0]['missing']}")
    assert not said[-1]["left"], "the scratch directory is empty or gone after leave()"
    return said[0] if len(said) > 1 else None
