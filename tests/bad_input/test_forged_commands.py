"""What a server answers and prints becomes no command to GitHub Actions, and our own are heard."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bad_input.bench import Bench

ON_GITHUB = {"GITHUB_ACTIONS": "true"}


def heard(log: str) -> list[str]:
    """The commands that the runner hears in a log, as github.com/actions/runner reads it:
    `ActionCommand.TryParseV2` at the beginning of a line that is stripped first, `TryParse`
    anywhere in it; after `stop-commands` none but the word that starts them again."""
    found, word = [], None
    for line in log.splitlines():
        stripped = line.strip()
        if word is not None:
            word = None if stripped == f"::{word}::" else word
            continue
        command = re.match(r"::([\w-]+)[^:]*::(.*)", stripped) or re.search(
            r"##\[([\w-]+)[^\]]*\](.*)", line
        )
        if command and command[1] == "stop-commands":
            word = command[2]
        elif command:
            found.append(command[1])
    return found


def test_the_reader_of_commands_hears_them() -> None:
    log = "a\n ::error::x\nb ##[warning]y\n::stop-commands::w\n::error::z\n::w::\n::z::"
    assert heard(log) == ["error", "warning", "z"]


@pytest.mark.parametrize("options", [(), ("-v",), ("--report", "markdown"), ("--report", "json")])
def test_a_server_forges_no_command(bench: Bench, options: tuple[str, ...]) -> None:
    run = bench.grade(
        bench.program("forges_commands.py"), "--stage", "1-3", "--all", *options, expect=1,
        environment=ON_GITHUB,
    )  # fmt: skip

    assert "forged" in run.out
    assert heard(run.err) == []
    assert heard(run.out) == []  # by itself, too: the runner reads the two pipes one by one
    first, last = run.err.splitlines()[0], run.err.splitlines()[-1]
    word = first.removeprefix("::stop-commands::")
    assert re.fullmatch(r"[0-9a-f]{32}", word)
    assert last == f"::{word}::"


def test_our_own_annotations_are_heard(bench: Bench) -> None:
    run = bench.grade(
        bench.program("forges_commands.py"), "--stage", "1-3", "--report", "github", expect=1,
        environment=ON_GITHUB,
    )  # fmt: skip

    begin = run.err.splitlines()[0] + "\n"
    commands = heard(begin + run.out)
    assert commands
    assert set(commands) <= {"error", "warning", "notice"}
    assert commands.count("error") == run.out.count("::error ")
