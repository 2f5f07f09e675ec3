"""The formats in which the results of a class are exported, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.gradebooks.canvas import canvas
from grader.gradebooks.gradescope import gradescope
from grader.gradebooks.moodle import moodle
from grader.gradebooks.plain import plain
from grader.gradebooks.results_jsonl import results_jsonl
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.gradebooks.fill import Sheet
    from grader.gradebooks.result import Result
    from grader.gradebooks.scores import Counting


class Written(Value, frozen=True):
    """An export that is written anew. render: its text."""

    description: str
    render: Callable[[Sequence[Result], Counting], str]


class FilledIn(Value, frozen=True):
    """An export that fills a file of the platform's. recognise: the file, by its bytes, its name,
    and the column that was asked for."""

    description: str
    recognise: Callable[[bytes, str, str], Sheet]


EXPORTS: dict[str, Written | FilledIn] = {
    "canvas": FilledIn("fill a gradebook that Canvas exported (--fill)", canvas),
    "moodle": FilledIn("fill a grading worksheet of Moodle (--fill)", moodle),
    "gradescope": Written("a table like Gradescope's Download Grades", gradescope),
    "csv": Written("a row for each student, a column for each stage", plain),
    "jsonl": Written("a JSON object for each submission, for programs", results_jsonl),
}
