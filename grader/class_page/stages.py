"""How far a class has come: what its submissions came to, stage by stage. Pure."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from grader.class_page.findings import first_failures
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.class_page.rows import ClassRow, StageCell


class StageCount(Value, frozen=True):
    """A stage. passed, failed: how many submissions do. first: in how many the first failure is
    here. others: those that were not judged in it. took_s: the median of those that were, in
    seconds."""

    number: int
    slug: str
    title: str
    passed: int
    failed: int
    first: int
    others: int
    took_s: float

    @property
    def share(self) -> int:
        """How many of the judged ones pass, in per cent."""
        return 100 * self.passed // max(1, self.passed + self.failed)


def stage_counts(rows: Sequence[ClassRow]) -> tuple[StageCount, ...]:
    """All stages that some submission was graded by, in the order of the course."""
    cells: dict[tuple[int, str], list[StageCell]] = {}
    for row in rows:
        for cell in row.stages:
            cells.setdefault((cell.number, cell.slug), []).append(cell)
    first = first_failures(rows)
    return tuple(_count(cells[key], first[key[1]], len(rows)) for key in sorted(cells))


def _count(cells: Sequence[StageCell], first: int, total: int) -> StageCount:
    verdicts = Counter(cell.verdict for cell in cells)
    judged = verdicts["passed"] + verdicts["failed"]
    return StageCount(
        cells[0].number,
        cells[0].slug,
        cells[0].title,
        verdicts["passed"],
        verdicts["failed"],
        first,
        total - judged,
        _middle(cell.duration_s for cell in cells if cell.verdict in ("passed", "failed")),
    )


def _middle(times: Iterable[float]) -> float:
    found = list(times)
    return median(found) if found else 0.0
