"""Which missing tool a command names: only a known one, only where a command stands, only when it
is not here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.program.missing_tools import KNOWN, absent, missing_tool, started_by, text_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _only_make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what the world knows, only make and a compiler are here."""
    for name in ("make", "g++"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.parametrize(
    ("line", "tool"),
    [
        ("cargo build", "cargo"),
        ("cargo", "cargo"),
        ("cd x && cargo build --release", "cargo"),
        ("cd x; cargo build|cat", "cargo"),
        ("make || cargo build", "cargo"),
        ("(cargo build)", "cargo"),
        ("{ cargo build; }", "cargo"),
        ("if true; then cargo build; fi", "cargo"),
        ("! cargo build", "cargo"),
        ("RUSTFLAGS='-C opt' DEBUG=1 cargo build", "cargo"),
        ("env A=b cargo build", "cargo"),
        ("exec uv run server.py", "uv"),
        ("time clang++ x.cc", "clang++"),
        ("/usr/local/cargo/bin/cargo build", "cargo"),
        ("make\ncargo build", "cargo"),
        ("uv sync && cargo build", "uv"),
        ("'cargo' build", "cargo"),
        # not missing, not known, or not a command
        ("make cargo", ""),
        ("g++ -o server server.cc", ""),
        ("my-own-tool", ""),
        ("echo cargo; exit 127", ""),
        ("# cargo build", ""),
        ("make # cargo build", ""),
        ("printf 'cargo: not found'", ""),
        ("echo 'a\ncargo build'", ""),
        ("CARGO=cargo make", ""),
        ("test -x cargo", ""),
        ("./cargo-of-mine build", ""),
        ("", ""),
        ("'unbalanced", ""),
    ],
)
def test_the_tool_that_a_line_names(line: str, tool: str) -> None:
    assert missing_tool(line) == tool


def test_only_what_the_world_knows_is_missing() -> None:
    assert absent("cargo") == "cargo"
    assert absent("make") == ""
    assert absent("sh") == ""
    assert {"cargo", "uv", "go", "node", "java", "gcc", "python3"} <= KNOWN


def test_what_a_shell_is_given_to_read(tmp_path: Path) -> None:
    script, other = tmp_path / "run.sh", tmp_path / "run.py"
    script.write_text("#!/usr/bin/env bash\ncargo run\n")
    other.write_text("#!/usr/bin/env python3\ncargo run\n")
    assert text_of(["/bin/sh", "-c", "exec cargo run"], tmp_path) == "exec cargo run"
    assert text_of([str(script)], tmp_path) == script.read_text()
    assert text_of([str(other)], tmp_path) == ""
    assert text_of([str(tmp_path / "built")], tmp_path) == ""
    assert text_of(["/usr/bin/make", "all"], tmp_path) == "/usr/bin/make all"


def test_the_word_that_names_the_program() -> None:
    assert started_by(["/bin/sh", "-c", "exec ./server --fast"]) == "./server"
    assert started_by(["/bin/sh", "-c", ""]) == ""
    assert started_by(["/srv/server", "-c", "x"]) == "/srv/server"
    assert started_by(["/bin/sh", "-c", 'exec "$0" "$@"', "/srv/built", "--fast"]) == "/srv/built"
