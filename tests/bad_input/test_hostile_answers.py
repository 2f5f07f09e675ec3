"""Servers that answer too much, nothing, or what would take over a terminal: one sentence, in
bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("endless_status_line.py", "The status line has no end at byte 262144"),
        ("endless_headers.py", "4096"),
        ("gigabyte_of_headers.py", "The header line has no end at byte 262144"),
        ("endless_body.py", "The body is longer than 16777216 bytes"),
        ("endless_chunks.py", "The body is longer than 16777216 bytes"),
        ("huge_length.py", "The answer announces a body of '999999999999' bytes"),
        ("noise.py", "not with a status line"),
        ("deaf.py", "No answer"),
    ],
)
def test_an_answer_that_is_none(bench: Bench, program: str, problem: str) -> None:
    run = bench.grade(bench.program(program), expect=1)
    assert problem in run.problem


def test_silence_is_waited_for_within_its_budget(bench: Bench) -> None:
    run = bench.grade(bench.program("silent.py"), "--timeout-scale", "0.1", expect=1)
    assert "No answer within 0.5 s" in run.problem


def test_a_gzip_bomb(bench: Bench) -> None:
    run = bench.grade(bench.program("gzip_bomb.py"), "--stage", "gzip", expect=1)
    assert "decompress" in run.problem


@pytest.mark.parametrize("options", [(), ("-v",)])
def test_terminal_escapes_reach_no_terminal(bench: Bench, options: tuple[str, ...]) -> None:
    run = bench.grade(bench.program("escapes.py"), *options, expect=1)
    assert r"\x1b" in run.out


def test_terminal_escapes_in_a_body(bench: Bench) -> None:
    directory = bench.program("escapes.py").parent
    entry = "entry: [python3, escapes.py, --body]"
    bench.write("submission/grade.yaml", entry)
    run = bench.grade(directory, "--stage", "headers", "-v", expect=1)
    assert "The body is not the expected one" in run.problem
    assert r"\x1b" in run.out


def test_terminal_escapes_in_last_words(bench: Bench) -> None:
    run = bench.grade(bench.program("dies_in_escapes.py"), expect=1)
    assert "Your program ended with exit status 3 before it listened" in run.problem


def test_terminal_escapes_in_the_name_of_the_program(bench: Bench) -> None:
    path = bench.write("sub\x1b[31m/ser\x1b[31mver.py", "raise SystemExit('\\x1b[31m' + __file__)")
    bench.grade(path, expect=1)
    bench.say(path.with_name("\x1b[31mother.py"), expect=2)
