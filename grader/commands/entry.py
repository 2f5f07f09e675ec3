"""One call of `grade`: arguments in, exit code out, and what stands in the way as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from grader.commands.group import command_line
from grader.jobs.refusal import code_or_refusal

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """One call of `grade`, without its name: the exit code. KeyboardInterrupt is the caller's."""
    try:
        return code_or_refusal(
            lambda: int(command_line.main(list(arguments), "grade", standalone_mode=False) or 0)
        )
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
