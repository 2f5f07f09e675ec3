"""`--repeat N`: N gradings with new seeds, what they came to, and the first failure as always."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from grader.check.random_inputs import RandomInputs
from grader.report.codec import from_json
from grader.report.model import Verdict
from tests import forked

if TYPE_CHECKING:
    from pathlib import Path

CHECK = "echo/returns_the_text"
SERVER = """
import socket
listener = socket.create_server(("localhost", 4221))
while True:
    client, _ = listener.accept()
    word = client.recv(4096).split()[1].removeprefix(b"/echo/")
    body = word if word[:1] < b"h" else word.upper()
    head = b"HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n" % len(body)
    client.sendall(head + body)
    client.close()
"""


def _passes(seed: int) -> bool:
    return RandomInputs(seed, CHECK).word()[0] < "h"


def _seed(*wanted: bool) -> int:
    """The first seed of a run of seeds that pass, or do not, in this order."""
    seeds = (seed for seed in range(10_000) if tuple(map(_passes, range(seed, seed + 3))) == wanted)
    return next(seeds)


def _run(place: Path, *options: str) -> forked.Ended:
    (place / "server.py").write_text(SERVER)
    arguments = ["--check", CHECK, *options, "server.py"]
    environment = {**os.environ, "TMPDIR": "/tmp"}
    return forked.run(arguments, cwd=place, env=environment, timeout=300)


def test_the_first_failure_is_shown_and_all_runs_are_counted(tmp_path: Path) -> None:
    first = _seed(True, False, False)
    report = tmp_path / "report.json"
    ended = _run(tmp_path, "--repeat=3", f"--seed={first}", f"--report=json:{report}")

    assert ended.code == 1, ended.err
    shown = ended.out.decode()
    assert f"FAILED: 2 of 3 runs failed, first with seed {first + 1}" in shown
    assert f"{CHECK}: failed in 2 of 3 runs, first with seed {first + 1}" in shown
    assert f"repeat with: --check {CHECK} --seed {first + 1}" in shown
    assert len(re.findall("✗ FAIL", shown)) == 1
    found = from_json(report.read_bytes())
    assert found.verdict is Verdict.FAILED
    assert (found.header.environment.seed, found.header.environment.repeat) == (first + 1, 3)
    assert [(run.seed - first, run.verdict, run.failed) for run in found.repetitions] == [
        (0, Verdict.PASSED, ()),
        (1, Verdict.FAILED, (CHECK,)),
        (2, Verdict.FAILED, (CHECK,)),
    ]


def test_runs_that_all_pass_exit_with_0(tmp_path: Path) -> None:
    ended = _run(tmp_path, "--repeat=2", f"--seed={_seed(True, True, True)}")
    assert ended.code == 0, ended.err
    assert "PASSED: all of 2 runs" in ended.out.decode()


def test_a_class_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text(SERVER)
    ended = _run(tmp_path, "--repeat=2", "other.py")
    assert (ended.code, ended.out) == (2, b"")
    assert b"--repeat grades one submission, not a class" in ended.err
