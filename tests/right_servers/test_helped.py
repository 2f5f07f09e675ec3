"""A right server whose answers come from another process passes on every level, whoever's child that one is.

While the server waits for its helper, all that can be seen of the server is that it sleeps without an end. Where no
process namespace keeps the helper, it becomes the grader's own child once its parent has ended.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.bad_input.bench import free_port
from tests.right_servers.servers import HERE, ROOT
from tests.unit.isolation.inside import LEVEL_NAMES

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the budget alone decides")

PATIENCE_S = 120.0  # until a test gives up; nothing is judged by it
CHANNELS = ("pipe", "pair", "fifo", "unix", "futex", "eventfd", "signals")
WAYS = (
    *(("helped.py", channel, "daemon") for channel in CHANNELS),
    *(("helped.py", "pipe", life) for life in ("child", "session", "late", "workers")),
    ("helped.c", "pipe"),
    ("helped.c", "futex"),
    ("helped.js",),
)
MUTE = tuple(("helped.py", "mute", life) for life in ("child", "daemon", "session"))
QUICK = {*MUTE, ("helped.py", "pipe", "daemon"), ("helped.py", "futex", "daemon"), ("helped.py", "pipe", "workers")}
Json = dict[str, Any]


def _everywhere(ways: Sequence[tuple[str, ...]]) -> list[object]:
    """Each way on every level; quickly a few of them where nothing keeps the helper, else slow."""
    return [
        pytest.param(
            way, level, id=f"{'-'.join(way)}-{level}",
            marks=() if level == "plain" and way in QUICK else (pytest.mark.slow,),
        )
        for way in ways for level in LEVEL_NAMES
    ]  # fmt: skip


@pytest.mark.parametrize(("way", "level"), _everywhere(WAYS))
def test_who_is_helped_passes(way: tuple[str, ...], level: str, tmp_path: Path) -> None:
    report = _graded(way, level, tmp_path, "--stage=echo")
    required = [check for check in _checks(report) if check["level"] == "required"]
    assert [check["failure"]["summary"] for check in required if check["failure"]] == []
    assert report["verdict"] == "passed"


@pytest.mark.parametrize(("way", "level"), _everywhere(MUTE))
def test_who_waits_for_a_helper_that_sleeps_too_is_told_at_once(
    way: tuple[str, ...], level: str, tmp_path: Path
) -> None:
    report = _graded(way, level, tmp_path, "--stage=ok", "--timeout-scale=20")
    first = _checks(report)[0]["failure"]
    assert first["kind"] == "silence"
    assert "No answer: " in first["summary"]


def _checks(report: Json) -> list[Json]:
    return [check for stage in report["stages"] for check in stage["checks"]]


def _graded(way: tuple[str, ...], level: str, place: Path, *options: str) -> Json:
    """The report on a copy that listens on a port of its own: the lower levels share the machine's."""
    port, directory = free_port(), place / "submission"
    directory.mkdir()
    name, *arguments = way
    program = directory / name
    program.write_text((HERE / "helped" / name).read_text().replace("PORT = 4221", f"PORT = {port}"))
    command = _started(program)
    ended = subprocess.run(
        [
            sys.executable, "-P", "-m", "grader", *options, f"--sandbox={level}", f"--port={port}", "--seed=5",
            f"--report=json:{place / 'report.json'}", "--", *command, *arguments,
        ],
        cwd=directory, env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    if "does not work on this machine" in ended.stderr:
        pytest.skip(ended.stderr.strip())
    assert ended.returncode in (0, 1), ended.stdout + ended.stderr
    found: Json = json.loads((place / "report.json").read_text())
    return found


def _started(program: Path) -> list[str]:
    if program.suffix == ".py":
        return ["python3", program.name]
    needed = {".js": "node", ".c": "gcc"}[program.suffix]
    if not shutil.which(needed):
        pytest.skip(f"there is no {needed} here")
    if program.suffix == ".js":
        return ["node", program.name]
    subprocess.run(["gcc", "-O1", "-pthread", "-o", program.with_suffix(""), program], check=True)
    return [f"./{program.stem}"]
