"""Programs that do not come to listen, or not for long: the sentence says what happened."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench


def test_a_right_program_passes(either: Bench) -> None:
    run = either.grade(either.program("right.py"), expect=0)
    assert run.report is not None
    assert run.report["verdict"] == "passed"


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        (
            "syntax_error.py",
            "Your program crashed before it listened: SyntaxError",
        ),
        ("exits_with_0.py", "Your program ended with exit status 0 before it listened"),
        (
            "exits_with_1.py",
            "crashed before it listened: RuntimeError at exits_with_1.py:3 (the ship has sunk)",
        ),
        ("exits_soon.py", "Your program ended with exit status 7 before it listened."),
        ("sleeps_for_ever.py", "Your program runs but does not listen on port {port}"),
        ("other_port.py", "Your program listens on port {next}, not on port {port}"),
    ],
)
def test_a_program_that_does_not_listen(either: Bench, program: str, problem: str) -> None:
    run = either.grade(either.program(program), expect=1)
    assert problem.format(port=either.port, next=either.port + 1) in run.problem


def test_a_program_that_may_yet_listen_is_given_its_budget(bench: Bench) -> None:
    run = bench.grade(bench.program("never_listens.py"), "--timeout-scale", "0.05", expect=1)
    assert f"Your program runs but does not listen on port {bench.port}" in run.problem


def test_a_program_that_starts_slowly(bench: Bench) -> None:
    bench.grade(bench.program("slow_start.py"), expect=0)


def test_an_address_of_loopback_that_is_not_localhost(either: Bench) -> None:
    run = either.grade(either.program("other_loopback.py"), expect=1)
    assert f"Your program listens on port {either.port} of 127.0.0.2" in run.problem


def test_an_address_that_is_not_of_loopback(bench: Bench) -> None:
    bench.sandbox = "off"
    run = bench.grade(bench.program("other_address.py"), expect=1)
    assert f"Your program listens on port {bench.port} of " in run.problem
    assert "which a client on localhost cannot reach" in run.problem


def test_a_program_that_serves_one_client(bench: Bench) -> None:
    passed = bench.grade(bench.program("one_shot.py"), "--stage", "bind-port", expect=0)
    assert passed.report is not None
    bench.grade(bench.program("one_shot.py"), "--stage", "bind-port", "--strict", expect=1)


def test_a_program_that_dies_in_the_middle(bench: Bench) -> None:
    run = bench.grade(bench.program("dies_midway.py"), "--stage", "paths", expect=1)
    assert "The status is 200, not 404." in run.problem
    died = [failure for failure in run.failures if failure["kind"] == "exit"]
    assert all(
        "exit status 9 while handling this request" in failure["summary"] for failure in died
    )


def test_a_port_that_is_taken_does_not_matter_in_the_sandbox(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", bench.port)):
        run = bench.grade(bench.program("right.py"), expect=0)
    assert run.report is not None
    if run.report["environment"]["isolation"]["level"] not in (
        "bubblewrap",
        "namespaces",
        "network",
    ):
        pytest.skip("this machine has no private networks")


def test_a_port_that_is_taken_is_nobodys_fault(bench: Bench) -> None:
    bench.sandbox = "off"
    with socket.create_server(("127.0.0.1", bench.port)):
        run = bench.grade(bench.program("right.py"), expect=3)
    assert f"port {bench.port} is in use by process {os.getpid()} (" in run.said
    assert "pytest" in run.said or "execnet" in run.said
    assert "not your server's fault" in run.said
    assert run.report is not None
    assert run.report["verdict"] == "errored"


def test_the_submissions_directory_is_never_changed(either: Bench) -> None:
    program = either.program("writes_beside.py")
    either.write("submission/keep.txt", "as it was")
    either.write("submission/precious.txt", "as it was")
    either.grade(program, expect=0)
