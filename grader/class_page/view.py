"""What stands on the page of a class, and in which words. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from grader.class_page.figures import (
    Bin,
    duration,
    score_bins,
    scores_sentence,
    times_sentence,
)
from grader.class_page.findings import (
    CheckCount,
    Group,
    failed_checks,
    first_failures,
    reasons,
    shared_causes,
)
from grader.class_page.stages import StageCount, stage_counts
from grader.reporters.html_report.links import LinkedText, linked
from grader.text.layout import counted
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from grader.class_page.rows import ClassRow, StageCell

SHOWN_CHECKS: Final = 10
MOST_CHECKS: Final = 300
MOST_GROUPS: Final = 40
SHOWN_NAMES: Final = 12
MOST_NAMES: Final = 100
_WORDS: Final = {
    "passed": ("passed", "passed", "passed"),
    "failed": ("failed", "failed", "failed"),
    "errored": ("errored", "errored", "could not be judged"),
    "not_graded": ("skipped", "not graded", "not graded"),
}
"""Of each outcome its class in the style sheet, and its words in a row and in a sentence."""


class CellView(Value, frozen=True):
    """A cell of the map. look: a class of the style sheet, in one or two letters: the cells are
    most of the page. link: to its stage in the submission's report; "" for none."""

    look: str
    says: str
    link: str


class RowView(Value, frozen=True):
    """A line of the map. fails: the places of the checks that it fails, in `ClassView.fails`."""

    name: str
    link: str
    look: str
    word: str
    score: str
    time: str
    cells: tuple[CellView, ...]
    fails: str


class CheckView(Value, frozen=True):
    """A check that fails. place: in `ClassView.fails`. page: the command that shows what its stage
    teaches. width: of its bar, in per cent."""

    check: CheckCount
    place: int
    page: str
    width: int
    source: tuple[LinkedText, ...]


class GroupView(Value, frozen=True):
    """Submissions with one cause. shown, folded: name and link of each; more: how many follow."""

    says: str
    count: str
    checks: str
    shown: tuple[tuple[str, str], ...]
    folded: tuple[tuple[str, str], ...]
    more: int


class ClassView(Value, frozen=True):
    """The whole page. outcomes: those that occur, by their words. fails: the checks that can be
    asked for, by stage: places and titles. left_out: how many groups of causes are not shown."""

    course: str
    headline: str
    lesson: str
    stages: tuple[StageCount, ...]
    rows: tuple[RowView, ...]
    outcomes: tuple[str, ...]
    fails: tuple[tuple[str, tuple[tuple[int, str], ...]], ...]
    checks: tuple[CheckView, ...]
    more_checks: tuple[CheckView, ...]
    advice: tuple[CheckView, ...]
    causes: tuple[GroupView, ...]
    left_out: int
    reasons: tuple[GroupView, ...]
    bins: tuple[Bin, ...]
    scores: str
    times: str
    slowest: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]


def class_view(
    rows: Sequence[ClassRow], course: str, facts: Sequence[tuple[str, str]] = ()
) -> ClassView:
    """What to show of a class. course: its title. facts: names and values about the run."""
    stages, found = stage_counts(rows), failed_checks(rows)[:MOST_CHECKS]
    counting = [check for check in found if check.counts]
    places = {check.id: place for place, check in enumerate(counting)}
    views = [_check(check, places.get(check.id, -1)) for check in found]
    required = [view for view in views if view.check.counts]
    groups = [_group(group) for group in shared_causes(rows)]
    outcomes = Counter(row.outcome for row in rows)
    return ClassView(
        course,
        _headline(outcomes),
        _lesson(rows, stages),
        stages,
        tuple(_row(row, stages, places) for row in rows),
        tuple(word for name, (_, word, _) in _WORDS.items() if outcomes[name]),
        tuple(_choices(stages, required)),
        tuple(required[:SHOWN_CHECKS]),
        tuple(required[SHOWN_CHECKS:]),
        tuple(view for view in views if not view.check.counts),
        tuple(groups[:MOST_GROUPS]),
        max(0, len(groups) - MOST_GROUPS),
        tuple(_group(group) for group in reasons(rows)),
        tuple(score_bins(rows)),
        scores_sentence(rows),
        times_sentence(rows),
        tuple(_slowest(rows)),
        tuple(facts),
    )


def _headline(outcomes: Mapping[str, int]) -> str:
    said = [f"{outcomes[name]} {words}" for name, (*_, words) in _WORDS.items() if outcomes[name]]
    total = counted(sum(outcomes.values()), "submission")
    return f"{total}: {', '.join(said)}" if said else total


def _lesson(rows: Sequence[ClassRow], stages: Sequence[StageCount]) -> str:
    """Where most are stuck; of several such stages the first one, on which the others build."""
    stuck = first_failures(rows)
    worst = max(stages, key=lambda stage: stuck[stage.slug], default=None)
    if worst is None or not stuck[worst.slug]:
        return ""
    who = counted(stuck[worst.slug], "submission")
    fail = "fails" if stuck[worst.slug] == 1 else "fail"
    return f"Teach next: stage {worst.number} {worst.slug}. {who} {fail} there first."


def _row(row: ClassRow, stages: Sequence[StageCount], places: Mapping[str, int]) -> RowView:
    look, word, _ = _WORDS[row.outcome]
    cells = {cell.slug: cell for cell in row.stages}
    return RowView(
        row.name,
        row.link,
        look,
        word,
        "" if row.score is None else f"{row.score}/{row.max_score}",
        f"{row.took_s:.1f} s",
        tuple(_cell(cells.get(stage.slug), row.link) for stage in stages),
        " ".join(str(places[check.id]) for check in row.failed if check.id in places),
    )


def _cell(cell: StageCell | None, link: str) -> CellView:
    """The darker, the fewer points; what is hidden behind a sign is a word."""
    if cell is None:
        return CellView("n", "not begun", "")
    there = f"{link}#stage-{cell.number}" if link else ""
    if cell.verdict != "failed":
        return CellView(cell.verdict[0], cell.verdict, there)
    level = 4 * cell.points // cell.max_points if cell.max_points else 0
    return CellView(f"f{min(level, 3)}", f"{cell.points}/{cell.max_points}", there)


def _choices(
    stages: Sequence[StageCount], checks: Sequence[CheckView]
) -> Iterator[tuple[str, tuple[tuple[int, str], ...]]]:
    for stage in stages:
        of_it = [it for it in checks if it.check.id.partition("/")[0] == stage.slug]
        yield (
            f"{stage.number} {stage.slug}",
            tuple((view.place, view.check.title) for view in of_it),
        )


def _check(check: CheckCount, place: int) -> CheckView:
    page = f"grade show {check.id.partition('/')[0]} --html"
    width = 100 * check.failed // check.judged
    return CheckView(check, place, page, width, linked(check.cite))


def _group(group: Group) -> GroupView:
    names = tuple((row.name, row.link) for row in group.rows)
    few = names if len(names) <= SHOWN_NAMES + 2 else names[:SHOWN_NAMES]
    return GroupView(
        group.says,
        counted(len(names), "submission"),
        _some(group.checks),
        few,
        names[len(few) : MOST_NAMES],
        max(0, len(names) - MOST_NAMES),
    )


def _some(ids: Sequence[str], most: int = 4) -> str:
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return ", ".join(ids[:most]) + more


def _slowest(rows: Sequence[ClassRow], most: int = 5) -> Iterator[tuple[str, str, str]]:
    """Names, links and times."""
    for row in sorted(rows, key=lambda row: -row.took_s)[:most]:
        yield row.name, row.link, duration(row.took_s)
