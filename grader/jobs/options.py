"""The options that only a class has."""

from __future__ import annotations

import os
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import click

from grader.jobs.room import Bounds, bounds
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.jobs.class_report import ClassReport
    from grader.limits import Limits
    from grader.reporters.destination import Destination

MOST_JOBS = 256
LIMIT_S = 600.0  # a grading of nothing but hanging answers takes about a minute
_OPTIONS = (
    click.option(
        "--jobs",
        type=click.IntRange(1, MOST_JOBS),
        metavar="N",
        help="Grade N submissions in parallel (default: as many as keep all cores busy).",
    ),
    click.option(
        "--scheduler",
        metavar="tls://HOST:PORT",
        help="Grade on the workers of this Dask cluster (docs/scaling.md), not on this machine.",
    ),
    click.option(
        "--max-seconds",
        type=click.IntRange(1, 10**6),
        metavar="S",
        help=(
            f"In a class, stop each grading after S seconds (default: {LIMIT_S:g} times the timeout"
            " scale)."
        ),
    ),
    click.option(
        "--summary",
        "summaries",
        multiple=True,
        metavar="[checks:]PATH",
        help=(
            "Write a CSV row for each submission, or with checks: also for each check, to PATH"
            " ('-': standard output)."
        ),
    ),
    click.option(
        "--roster",
        metavar="CSV",
        help="The students of the class, by id, login, e-mail or name: who is missing has a row.",
    ),
    click.option(
        "--from",
        "sources",
        metavar="CSV",
        help="Grade the git repositories in this list, by URL or path, each with its ref.",
    ),
    click.option(
        "--book",
        metavar="PATH",
        help="Keep each result in this file (default: next to the summary or the reports).",
    ),
    click.option("--no-book", is_flag=True, help="Keep no results, and grade everything."),
    click.option(
        "--resume", is_flag=True, help="Grade only what is new or changed (default with a book)."
    ),
    click.option(
        "--only",
        multiple=True,
        metavar="failed|errored|NAME",
        help="Grade only these again, by their last result or name; repeatable.",
    ),
    click.option("--regrade", is_flag=True, help="Grade all again, and keep earlier results."),
)
ANONYMOUS: Final = click.option(
    "--anonymous", is_flag=True, help="Write the page of the class (class:DIR/) without names."
)
_OF_A_POLICY = (
    click.option(
        "--advice",
        multiple=True,
        metavar="CHECK",
        help="In this class, the check STAGE/NAME is advice; repeatable, kept in the book.",
    ),
    click.option(
        "--without",
        multiple=True,
        metavar="CHECK|STAGE",
        help="In this class, leave out this check or stage; repeatable, kept in the book.",
    ),
    click.option(
        "--points",
        multiple=True,
        metavar="STAGE=N",
        help="In this class, passing all of the stage is worth N points; repeatable.",
    ),
)
CHECK_ROWS: Final = "checks:"
OF_A_CLASS: Final = (
    "jobs", "max_seconds", "summaries", "book", "no_book", "resume", "only", "regrade", "advice",
    "without", "points", "roster", "sources", "scheduler",
)  # fmt: skip
"""The names of these options, as click has them."""


def class_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of a class to a click command."""
    options = (*_OPTIONS, ANONYMOUS, *_OF_A_POLICY)
    return reduce(lambda decorated, option: option(decorated), reversed(options), command)


def policy_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds those that say what a class counts otherwise than its course."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OF_A_POLICY), command)


class ClassOptions(Value, frozen=True):
    """Those options as they were given; each field is the option of its name."""

    jobs: int | None = None
    max_seconds: int | None = None
    summaries: tuple[str, ...] = ()
    book: str | None = None
    no_book: bool = False
    resume: bool = False
    only: tuple[str, ...] = ()
    regrade: bool = False
    advice: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    roster: str | None = None
    sources: str | None = None
    scheduler: str | None = None
    page: ClassReport | None = None

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> Self:
        """They are taken out of what click has read, and so is the page of the class."""
        page, given["reports"] = page_of(given)
        return cls(**{name: given.pop(name) for name in OF_A_CLASS}, page=page)

    def makes_a_class(self, submissions: Sequence[str], command: Sequence[str]) -> bool:
        """Whether a class is to be graded: several submissions, or an option of a class."""
        asked = self != ClassOptions()
        if asked and command:
            raise click.UsageError(
                "the options of a class, as --summary and --jobs, work with SUBMISSIONs, not with a"
                " command"
            )
        if self.sources is not None:
            return True
        return not command and (len(submissions) > 1 or (asked and bool(submissions)))

    def at_once(self, limits: Limits) -> Bounds:
        """How many gradings at a time. limits: what each submission may use."""
        return Bounds(self.jobs, self.jobs) if self.jobs else bounds(cores(), limits)

    @property
    def gradebook(self) -> Destination | None:
        """Where the summary goes."""
        return _summary([path for path in self.summaries if not path.startswith(CHECK_ROWS)])

    @property
    def check_rows(self) -> Destination | None:
        """Where the rows of all checks go."""
        named = [path for path in self.summaries if path.startswith(CHECK_ROWS)]
        return _summary([path.removeprefix(CHECK_ROWS) for path in named])

    @property
    def policy(self) -> tuple[str, ...]:
        """The words that say what the class counts otherwise than its course."""
        return (*self.advice, *self.without, *self.points)

    @property
    def tables(self) -> list[Destination]:
        """Both, as far as they were asked for."""
        return [it for it in (self.gradebook, self.check_rows) if it is not None]

    @property
    def written(self) -> list[Destination]:
        """All that is written of the whole class."""
        return [*self.tables, *([self.page.index] if self.page else [])]

    def limit_s(self, timeout_scale: float) -> float:
        """How long one grading may take, in seconds."""
        return float(self.max_seconds or LIMIT_S * max(1.0, timeout_scale))


def page_of(given: dict[str, Any]) -> tuple[ClassReport | None, tuple[str, ...]]:
    """The page of the class and the other reports, of what click has read; `anonymous` is taken out
    of it. Raises `UsageError`."""
    anonymous, reports = given.pop("anonymous"), given["reports"]
    if not anonymous and not any(it.startswith("class:") for it in reports):
        return None, reports
    from grader.jobs.class_report import split_reports  # a single submission does without it

    return split_reports(reports, anonymous=anonymous)


def cores() -> int:
    """How many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _summary(paths: Sequence[str]) -> Destination | None:
    if not paths:
        return None
    if not paths[0]:
        raise click.UsageError("--summary needs a path ('-' is standard output)")
    if len(paths) > 1:
        raise click.UsageError("--summary is given twice: one for submissions, one for checks:")
    from grader.reporters.destination import Destination  # who asks for help does without it

    return Destination(None if paths[0] == "-" else Path(paths[0]))
