"""One call of `grade`: arguments in, exit code out, and what stands in the way as one sentence."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from grader.commands.group import command_line
from grader.errors import GraderError, io_failed, own_fault
from grader.outcomes import Ending

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """One call of `grade`, without its name: the exit code. KeyboardInterrupt is the caller's."""
    try:
        return int(command_line.main(list(arguments), "grade", standalone_mode=False) or 0)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (GraderError, MemoryError) as error:
        return _refuse(error if isinstance(error, GraderError) else own_fault(error))
    except BrokenPipeError:  # whoever read our output has left
        _forget_output()
        return 1
    except OSError as error:
        _forget_output()
        click.echo(f"grade: {io_failed(error)}", err=True)
        return Ending.ERRORED.exit_code


def _refuse(error: GraderError) -> int:
    """Say why nothing is graded, with the end of what a build printed; the exit code."""
    from grader.reporters.terminal import looks_on, said_lines, style_for

    style = style_for(sys.stderr, **looks_on(sys.stderr, no_color=True, verbosity=0))
    click.echo("\n".join([f"grade: {error}", *said_lines(error, style)]), err=True)
    return error.exit_code


def _forget_output() -> None:
    """What is still in the buffer cannot be written: the interpreter must not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
