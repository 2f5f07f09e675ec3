"""The options that only a class has."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

from grader.jobs.room import Bounds, bounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
        metavar="PATH",
        help="Write a CSV row for each submission to PATH ('-': standard output).",
    ),
)


def class_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options of a class to a click command."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


@dataclass(frozen=True, slots=True)
class ClassOptions:
    """Those options as they were given, or None each."""

    jobs: int | None
    max_seconds: int | None
    summary: str | None

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> Self:
        """They are taken out of what click has read."""
        return cls(given.pop("jobs"), given.pop("max_seconds"), given.pop("summary"))

    def makes_a_class(self, submissions: Sequence[str], command: Sequence[str]) -> bool:
        """Whether a class is to be graded: several submissions, or an option of a class."""
        asked = self != ClassOptions(None, None, None)
        if asked and command:
            raise click.UsageError(
                "--jobs, --max-seconds and --summary work with SUBMISSIONs, not with a command"
            )
        return not command and (len(submissions) > 1 or (asked and bool(submissions)))

    def at_once(self, limits: Limits) -> Bounds:
        """How many gradings at a time. limits: what each submission may use."""
        return Bounds(self.jobs, self.jobs) if self.jobs else bounds(cores(), limits)

    @property
    def gradebook(self) -> Destination | None:
        """Where the summary goes."""
        if self.summary is None:
            return None
        if not self.summary:
            raise click.UsageError("--summary needs a path ('-' is standard output)")
        from grader.reporters.destination import Destination  # who asks for help does without it

        return Destination(None if self.summary == "-" else Path(self.summary))

    def limit_s(self, timeout_scale: float) -> float:
        """How long one grading may take, in seconds."""
        return float(self.max_seconds or LIMIT_S * max(1.0, timeout_scale))


def cores() -> int:
    """How many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
