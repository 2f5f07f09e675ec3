"""The reference as programs to be launched like a submission: one for each of its forms."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from grader.bench.plan import FORMS
from grader.errors import UsageError
from grader.program.interpreter import interpreter
from grader.program.submission import Submission

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course import Course

_PACKAGE: Final = "reference"


def require_forms(course: Course) -> None:
    """Raises `UsageError` for a course whose reference does not have them."""
    for form in FORMS:
        if not (course.root / _PACKAGE / "transports" / f"{form}.py").is_file():
            raise UsageError(
                f"grade bench compares with the forms of the reference ({', '.join(FORMS)}), and"
                f" that of {course.slug} has none called {form}"
            )


def forms(course: Course, place: Path, port: int, python: str | None) -> dict[str, Submission]:
    """The forms by name, launched from a copy in `place`: programs do not see the course itself.

    port: where they listen. python: the interpreter that runs them, the same as for a submission in
    Python. Raises `UsageError` when there is none.
    """
    program = interpreter(python or "python3")
    shutil.copytree(
        course.root / _PACKAGE, place / _PACKAGE, ignore=shutil.ignore_patterns("__pycache__")
    )
    return {form: _form(form, place, port, program) for form in FORMS}


def _form(form: str, place: Path, port: int, program: str) -> Submission:
    command = (program, "-m", _PACKAGE, "--server", form, "--port", f"{port}")
    return Submission(f"reference, {form}", place, command, named=(program,))
