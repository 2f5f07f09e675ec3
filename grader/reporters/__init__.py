"""Owns the report formats: reporters, their table, and what `--report FORMAT[:PATH]` means."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from grader.errors import GraderError
from grader.outcomes import Ending
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from grader.report.model import Event, RunStarted
    from grader.reporters.destination import Destination


class Reporter(Protocol):
    """What follows a run: it is handed every event in order, and then closed."""

    def handle(self, event: Event) -> None:
        """Take the next event."""

    def close(self, error: GraderError | None = None) -> None:
        """End the report; without a RunFinished the run was interrupted, or ended by `error`."""


class Format(Value, frozen=True):
    """A format a report can be written in: how to make its reporter, one sentence on what it is
    for, and how the names of such files end."""

    factory: Callable[[Destination], Reporter]
    description: str
    extension: str


class ReportSpec(Value, frozen=True):
    """One `--report` option: the name of a format in REPORTERS, and where the report goes."""

    format: str
    destination: Destination

    def open(self) -> Reporter:
        """The reporter, once it is known that its report can be written (else UsageError)."""
        self.destination.prove_writable()
        return REPORTERS[self.format].factory(self.destination)


# Who asks for no such report does not wait for it to load; and at the end no file may be left to
# open.


def _terminal(destination: Destination) -> Reporter:
    from grader.reporters.written import WrittenTerminal

    return WrittenTerminal(destination)


def _html(destination: Destination) -> Reporter:
    from grader.reporters.html_report import reporter

    return reporter(destination)


def _json(destination: Destination) -> Reporter:
    from grader.report.codec import to_json
    from grader.reporters.rendered import Whole

    return Whole(to_json, destination)


def _brief(destination: Destination) -> Reporter:
    from grader.reporters.brief import render
    from grader.reporters.rendered import Rendered

    return Rendered(render, destination)


REPORTERS: dict[str, Format] = {
    "terminal": Format(_terminal, "the lines of the terminal, without colour", "txt"),
    "json": Format(
        _json,
        "everything that was found, for programs: docs/report.md",
        "json",
    ),
    "html": Format(
        _html,
        "a page for the browser, with pictures of the connections: docs/report.md",
        "html",
    ),
    "brief": Format(
        _brief,
        "the verdict, the points and the first check that failed, for programs: docs/report.md",
        "brief.json",
    ),
}


def _rendered_by(module: str) -> Callable[[Destination], Reporter]:
    """The reporter of a module of `formats`, which is loaded when somebody asks for it."""

    def factory(destination: Destination) -> Reporter:
        from grader.reporters.rendered import Rendered

        return Rendered(import_module(f"grader.reporters.formats.{module}").render, destination)

    return factory


def _github(destination: Destination) -> Reporter:
    from grader.reporters.formats.github import write
    from grader.reporters.rendered import Written

    return Written(write, destination)


def _gradescope(destination: Destination) -> Reporter:
    from grader.reporters.formats.gradescope import render
    from grader.reporters.formats.gradescope_metadata import VARIABLE, beside, read
    from grader.reporters.rendered import RenderedAsItGoes

    metadata = read(beside(destination.target), os.environ.get(VARIABLE))
    known = partial(render, metadata=metadata)
    return RenderedAsItGoes(known, destination, partial(known, partial=True))


REPORTERS |= {
    "junit": Format(
        _rendered_by("junit"), "JUnit XML, for GitLab, Jenkins and most other CI", "junit.xml"
    ),
    "ctrf": Format(_rendered_by("ctrf"), "Common Test Report Format, for dashboards", "ctrf.json"),
    "github": Format(
        _github, "annotations of GitHub Actions, and the summary of the job", "github.txt"
    ),
    "markdown": Format(
        _rendered_by("markdown"), "Markdown, for the comment of a pull request", "md"
    ),
    "gradescope": Format(_gradescope, "results.json of a Gradescope autograder", "gradescope.json"),
    "classroom50": Format(
        _rendered_by("classroom50"), "result.json of Classroom 50", "classroom50.json"
    ),
    "github-classroom": Format(
        _rendered_by("github_classroom"),
        "the result of a GitHub Classroom grader, in Base64",
        "b64",
    ),
    "autolab": Format(
        _rendered_by("autolab"), "the output of an Autolab autograder", "autolab.txt"
    ),
    "prairielearn": Format(
        _rendered_by("prairielearn"), "results.json of PrairieLearn", "prairielearn.json"
    ),
    "moodle-coderunner": Format(
        _rendered_by("moodle_coderunner"),
        "what a grader of Moodle's CodeRunner prints",
        "coderunner.json",
    ),
    "exercism": Format(
        _rendered_by("exercism"), "results.json of an Exercism test runner", "exercism.json"
    ),
    "gitlab-codequality": Format(
        _rendered_by("codequality"), "GitLab's code quality report", "codequality.json"
    ),
}


@contextmanager
def reported(specs: Iterable[ReportSpec], begun: Callable[[], RunStarted]) -> Iterator[None]:
    """When what is done in here finds that a submission cannot be graded, write so into every
    report: no older one is to pass for it. What is wrong with the command line says nothing of a
    submission. begun: how such a run begins."""
    try:
        yield
    except GraderError as error:
        for spec in specs if error.ending is not Ending.MISUSED else ():
            reporter = spec.open()
            reporter.handle(begun())
            reporter.close(error)
        raise


def parse_spec(spec: str) -> ReportSpec:
    """Read `FORMAT` or `FORMAT:PATH`; without a path, or with `-`, the report goes to standard
    output.

    >>> parse_spec("json:out.json").destination.path.name
    'out.json'
    """
    from grader.reporters.destination import parse_destination

    return ReportSpec(*parse_destination(spec, REPORTERS))


def parse_specs(specs: Iterable[str]) -> tuple[ReportSpec, ...]:
    """Read every `--report` of a command line; two that would overwrite each other are a
    UsageError."""
    parsed = tuple(parse_spec(spec) for spec in specs)
    if len(parsed) > 1:
        from grader.reporters.destination import require_different

        require_different(spec.destination for spec in parsed)
    return parsed
