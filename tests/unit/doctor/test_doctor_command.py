"""`grade doctor` as a user calls it: a real machine, with things taken away from it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.temporary import scratch_place

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/doctor.schema.json").read_text(encoding="utf-8"))


def doctor(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "grader", "doctor", *options],
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            **environment,
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def asked(*options: str, **environment: str) -> tuple[int, dict[str, Any]]:
    """The exit code, and the findings by the first words of their names, each the first one."""
    run = doctor("--json", *options, **environment)
    found = json.loads(run.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    assert found["ready"] == (run.returncode == 0)
    return run.returncode, {
        finding["name"].split()[0]: finding for finding in reversed(found["findings"])
    } | {"all": found}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_a_machine_that_can_grade() -> None:
    with scratch_place() as place:
        code, found = asked(f"--port={free_port()}", TMPDIR=str(place))
        assert list(place.iterdir()) == []  # nothing is left
    assert code == 0, found
    assert found["temporary"]["says"] == f"{place} is writable"
    needed = ("interpreter", "course", "reference", "temporary", "port")
    assert {name: found[name]["state"] for name in needed} == dict.fromkeys(needed, "ok")


def test_the_screen_says_the_same() -> None:
    run = doctor(f"--port={free_port()}")
    assert run.returncode == 0
    assert run.stdout.splitlines()[-1].startswith("Ready to grade.")
    assert run.stderr == ""


def test_without_python_on_path_it_is_missing() -> None:
    code, found = asked(f"--port={free_port()}", PATH="/nonexistent")
    assert code == 1
    assert found["interpreter"]["state"] == "missing"
    assert found["interpreter"]["needed"]


def test_a_held_port_is_named_and_needed_where_there_is_only_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        code, found = asked(f"--port={server.getsockname()[1]}")
    assert f"process {os.getpid()} (" in found["port"]["says"]
    private = found["all"]["sandbox"]["private_network"]
    assert (code, found["port"]["state"]) == ((0, "ok") if private else (1, "missing"))


def test_a_place_that_cannot_be_written_is_told() -> None:
    code, found = asked(f"--port={free_port()}", TMPDIR="/nonexistent")
    assert code == 0
    assert found["temporary"]["state"] == "less"


def test_a_course_that_is_not_there(tmp_path: Path) -> None:
    code, found = asked(f"--course={tmp_path}")
    assert code == 1
    assert found["course"]["state"] == "missing"
    assert "reference" not in found


def test_a_required_sandbox_is_needed() -> None:
    code, found = asked("--require-sandbox", f"--port={free_port()}")
    assert found["sandbox"]["needed"]
    assert (code == 0) == found["all"]["sandbox"]["contains"]


def test_what_it_does_not_know_is_a_usage_error() -> None:
    for options in (["--bogus"], ["too", "many"], ["--port=0"]):
        run = doctor(*options)
        assert run.returncode == 2
        assert "Error:" in run.stderr
