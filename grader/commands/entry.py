"""One call of `grade`: arguments in, exit code out, and what stands in the way as one sentence."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import click

from grader.commands.group import command_line
from grader.jobs.refusal import code_or_refusal
from grader.text import workflow_commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def run(arguments: Sequence[str]) -> int:
    """One call of `grade`, without its name: the exit code. KeyboardInterrupt is the caller's."""
    with _no_command_is_heard():
        return _run(arguments)


@contextmanager
def _no_command_is_heard() -> Iterator[None]:
    """In the log of GitHub Actions nothing of this is a command, whatever a server has answered.
    Standard output may be a report, so this is said on the other stream."""
    if not workflow_commands.is_github(os.environ):
        yield
        return
    sys.stderr.write(workflow_commands.stop())
    sys.stderr.flush()
    try:
        yield
    finally:
        with suppress(OSError):
            sys.stdout.flush()
        sys.stderr.write(workflow_commands.start())
        sys.stderr.flush()


def _run(arguments: Sequence[str]) -> int:
    try:
        return code_or_refusal(
            lambda: int(command_line.main(list(arguments), "grade", standalone_mode=False) or 0)
        )
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
