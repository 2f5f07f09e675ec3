"""What stands in the way of a grading, as one sentence on standard error, and the exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from grader.errors import GraderError, io_failed, own_fault
from grader.outcomes import Ending
from grader.system.ending import forget
from grader.text.escape import no_command, printable

if TYPE_CHECKING:
    from collections.abc import Callable


def code_or_refusal(run: Callable[[], int]) -> int:
    """The exit code of this, or of the error that ends it, which is said."""
    try:
        return run()
    except (GraderError, MemoryError) as error:
        return _refuse(error if isinstance(error, GraderError) else own_fault(error))
    except BrokenPipeError:  # whoever read our output has left
        forget(sys.stdout)
        return 1
    except OSError as error:
        forget(sys.stdout)
        click.echo(f"grade: {printable(io_failed(error))}", err=True)
        return Ending.ERRORED.exit_code


def _refuse(error: GraderError) -> int:
    """Say why nothing is graded, with the end of what a build printed; the exit code."""
    from grader.reporters.terminal import looks_on, said_lines, style_for

    style = style_for(sys.stderr, **looks_on(sys.stderr, no_color=True, verbosity=0))
    sentence = f"grade: {printable(str(error))}"  # a file of the submission may be named in it
    lines = [sentence, *said_lines(error, style)]
    click.echo("\n".join(map(no_command, lines)), err=True)
    return error.exit_code
