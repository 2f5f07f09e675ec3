"""What the submissions of a class have in common: the checks that most of them fail, the causes of
these failures, and why some could not be judged. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from grader.class_page.masks import masking, without_places
from grader.class_page.rows import JUDGED
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.class_page.rows import ClassRow, FailedCheck


class CheckCount(Value, frozen=True):
    """A check, and how many submissions fail it, of those in which it was judged. hint: the most
    frequent one, "" without any."""

    id: str
    title: str
    requirement: str
    cite: str
    counts: bool
    failed: int
    judged: int
    hint: str


class Group(Value, frozen=True):
    """Submissions with the same cause or reason, in the order of the class. checks: the ids of the
    checks that fail for it."""

    says: str
    rows: tuple[ClassRow, ...]
    checks: tuple[str, ...] = ()


def failed_checks(rows: Iterable[ClassRow]) -> list[CheckCount]:
    """Each check that fails somewhere: first those that most submissions fail; then in the order of
    the reports."""
    passed, failed = Counter[str](), Counter[str]()
    hints = defaultdict[str, Counter[str]](Counter)
    one_of: dict[str, FailedCheck] = {}
    for row in rows:
        passed.update(row.passed)
        for check in row.failed:
            one_of.setdefault(check.id, check)
            failed[check.id] += 1
            hints[check.id].update([check.hint] if check.hint else [])
    return [
        CheckCount(
            check.id,
            check.title,
            check.requirement,
            check.cite,
            check.counts,
            failed[check.id],
            failed[check.id] + passed[check.id],
            next((hint for hint, _ in hints[check.id].most_common(1)), ""),
        )
        for check in sorted(one_of.values(), key=lambda check: -failed[check.id])
    ]


def first_failures(rows: Iterable[ClassRow]) -> Counter[str]:
    """For each stage, by its slug, in how many submissions the first failure is in it."""
    return Counter(
        first.id.partition("/")[0] for row in rows if (first := row.first_failed) is not None
    )


def shared_causes(rows: Iterable[ClassRow]) -> list[Group]:
    """Causes of failures that count which several submissions have, those of the most first. A
    submission counts once, however many of its checks fail for it."""
    found: dict[str, dict[str, ClassRow]] = {}
    sentences = defaultdict[str, Counter[str]](Counter)
    checks = defaultdict[str, Counter[str]](Counter)
    for row in rows:
        masked = masking(row)
        for check in row.failed:
            cause = masked(without_places(check.cause or check.problem))
            if check.counts and cause:
                found.setdefault(cause, {})[row.name] = row
                sentences[cause][without_places(check.problem)] += 1
                checks[cause][check.id] += 1
    groups = [
        Group(
            sentences[cause].most_common(1)[0][0],
            tuple(its.values()),
            tuple(name for name, _ in checks[cause].most_common()),
        )
        for cause, its in found.items()
        if len(its) > 1
    ]
    return sorted(groups, key=lambda group: -len(group.rows))


def reasons(rows: Iterable[ClassRow]) -> list[Group]:
    """Why submissions have no score; those that share a reason are one group, the largest first."""
    found: dict[str, list[ClassRow]] = {}
    for row in rows:
        if row.outcome not in JUDGED:
            found.setdefault(masking(row)(row.reason), []).append(row)
    groups = [Group(_said(reason, its), tuple(its)) for reason, its in found.items()]
    return sorted(groups, key=lambda group: -len(group.rows))


def _said(reason: str, rows: Sequence[ClassRow]) -> str:
    """The reason of one is said as it is."""
    return rows[0].reason if len(rows) == 1 else reason
