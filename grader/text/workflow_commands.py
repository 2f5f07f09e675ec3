"""GitHub Actions reads commands out of the log of a step: how it is told to stop and to start.

Source: docs.github.com, "Workflow commands for GitHub Actions", "Stopping and starting workflow
commands". What a server answers and prints reaches that log. Besides, no line of ours looks like a
command (`escape.no_command`): standard output and standard error come to the runner by two pipes,
so which of two lines is first is not certain.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def is_github(environment: Mapping[str, str]) -> bool:
    """Whether the log is one of GitHub Actions."""
    return environment.get("GITHUB_ACTIONS") == "true"


@cache
def _word() -> str:
    """Of this process, and of those forked from it: nobody can guess what starts commands again."""
    from secrets import token_hex  # most runs do without

    return token_hex(16)


def stop() -> str:
    """The line after which nothing is a command."""
    return f"::stop-commands::{_word()}\n"


def start() -> str:
    """The line after which commands are heard again."""
    return f"::{_word()}::\n"
