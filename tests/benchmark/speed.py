"""The aims for speed, one after the other: what each is, and how it is measured.

Each is a ratio of what was measured in the same minute, in turn, or a limit. Figures are medians of
the rounds.
"""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmark import classes, servers, watching
from tests.benchmark.aims import Aim, Figure
from tests.benchmark.counter import ROOT, Spent, grade, spend

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.benchmark.servers import Server

LIBRARIES = (sys.executable, "-c", "import pexpect, yaml, click")
NOTHING = (sys.executable, "-c", "print()")
TESTER = (sys.executable, str(Path(__file__).with_name("tester.py")))
STAGE = "echo"
BUDGET_S = 5.0
PEAK_MIB = 80.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What a measurement is asked for. rounds: how often. place: a directory of its own. before:
    the checkout that this one is compared with. most: how large the largest class is."""

    rounds: int
    place: Path
    before: Path
    most: int


def base_track(asked: Asked) -> Iterator[Aim]:
    """The whole track on a right server, in starts of the same server, and beside the stand-in."""
    one = servers.streams(asked.place)
    starts, runs = _in_turn(asked.rounds, one.bare_start, lambda: _graded(one))
    ratios = [run.wall / start for run, start in zip(runs, starts, strict=True)]
    yield Aim(
        "base track on streams", Figure(_mid(ratios), 10, "bare starts"), _walls(runs, starts)
    )


def stand_in(asked: Asked) -> Iterator[Aim]:
    """The same on the finished example, in what the stand-in for the public tester takes."""
    one = servers.finished(asked.place)
    theirs, ours = _in_turn(
        asked.rounds, lambda: _ended_well(spend([*TESTER, *one.command], one.place)),
        lambda: _graded(one),
    )  # fmt: skip
    for what in ("wall", "cpu"):
        both = zip(ours, theirs, strict=True)
        pairs = [(getattr(run, what), getattr(other, what)) for run, other in both]
        told = f"{_ms(run for run, _ in pairs)}, stand-in {_ms(other for _, other in pairs)}"
        ratio = _mid([run / other for run, other in pairs])
        yield Aim(f"base track on finished, {what}", Figure(ratio, 0.7, "stand-ins"), told)


def one_stage(asked: Asked) -> Iterator[Aim]:
    """One stage alone, in what its parts take: the libraries, the server and the reference."""
    one = servers.finished(asked.place)
    libraries, starts, references, runs = _in_turn(
        asked.rounds, lambda: spend(LIBRARIES, one.place).wall, one.bare_start,
        servers.Server("reference", ROOT, (sys.executable, "-m", "reference")).bare_start,
        lambda: _graded(one, "--stage", STAGE),
    )  # fmt: skip
    parts = [sum(them) for them in zip(libraries, starts, references, strict=True)]
    ratios = [run.wall / part for run, part in zip(runs, parts, strict=True)]
    told = f"{_ms(run.wall for run in runs)}, libraries and two starts {_ms(parts)}"
    yield Aim(f"stage {STAGE} alone", Figure(_mid(ratios), 2, "times its parts"), told)


def first_line(asked: Asked) -> Iterator[Aim]:
    """Until something is shown, beyond what Python takes to start."""
    one = servers.finished(asked.place)
    bare, runs = _in_turn(
        asked.rounds, lambda: spend(NOTHING, one.place), lambda: _graded(one, "--stage", STAGE)
    )
    more = [(run.first_line - other.wall) * 1000 for run, other in zip(runs, bare, strict=True)]
    told = f"{_ms(run.first_line for run in runs)}, python {_ms(other.wall for other in bare)}"
    yield Aim("first line after python's start", Figure(_mid(more), 60, "ms"), told)


def node(asked: Asked) -> Iterator[Aim]:
    """A server in Node beside one in Python."""
    one, other = servers.node(asked.place), servers.streams(asked.place)
    slow, quick = _in_turn(asked.rounds, lambda: _graded(one), lambda: _graded(other))
    ratios = [run.wall / than.wall for run, than in zip(slow, quick, strict=True)]
    told = f"{_ms(run.wall for run in slow)}, streams {_ms(run.wall for run in quick)}"
    yield Aim("base track on node", Figure(_mid(ratios), 1.2, "times streams"), told)


def hang(asked: Asked) -> Iterator[Aim]:
    """A server that hangs at stage 4: what it takes beyond a right one up to there."""
    one, other = servers.hangs(asked.place), servers.finished(asked.place)
    hanging, quick = _in_turn(
        asked.rounds, lambda: _graded(one, "--stage", "1-4", fails=True),
        lambda: _graded(other, "--stage", "1-4"),
    )  # fmt: skip
    pairs = zip(hanging, quick, strict=True)
    budgets = [(run.wall - than.wall) / BUDGET_S for run, than in pairs]
    told = f"{_ms(run.wall for run in hanging)}, right {_ms(run.wall for run in quick)}"
    yield Aim("a server that hangs at stage 4", Figure(_mid(budgets), 1.1, "budgets"), told)


def awkward(asked: Asked) -> Iterator[Aim]:
    """Answers without an end, ticking and spinning servers."""
    for one in servers.awkward(asked.place):
        (runs,) = _in_turn(asked.rounds, lambda one=one: _graded(one, fails=True))
        yield Aim(one.name, Figure(_mid([run.wall for run in runs]), 20, "s"), "base track")


def watch(asked: Asked) -> Iterator[Aim]:
    """`grade watch`: from a save to the verdict, without the start of the server."""
    found = {
        slug: statistics.median(verdict - start for verdict, start in pairs) * 1000
        for slug, pairs in watching.measured(servers.finished(asked.place), asked.rounds).items()
    }
    told = ", ".join(f"{slug} {ms:.0f}" for slug, ms in found.items())
    yield Aim("from save to verdict", Figure(_mid([*found.values()]), 150, "ms"), told)


def class_of_25(asked: Asked) -> Iterator[Aim]:
    """A mixed class with the default jobs, beside what it takes by another checkout."""
    chosen = classes.written(asked.place / "class", 25)
    before, now = _in_turn(
        asked.rounds, lambda: classes.graded(chosen, asked.before), lambda: classes.graded(chosen)
    )
    ratios = [run.wall / than.wall for run, than in zip(now, before, strict=True)]
    told = f"{_mid([run.wall for run in now]):.1f} s, before {_mid([r.wall for r in before]):.1f} s"
    yield Aim("25 mixed submissions", Figure(_mid(ratios), 0.6, "times before"), told)
    inside = _mid([run.own / run.cpu for run in now])
    told = f"{_mid([run.cpu for run in now]):.1f} s of processors in all"
    yield Aim("the grader's own share of it", Figure(inside * 100, 40, "%"), told)


def growth(asked: Asked) -> Iterator[Aim]:
    """What a submission costs in a large class, beside a small one; and memory."""
    few, many = 20, asked.most
    runs = {n: classes.graded(classes.written(asked.place / str(n), n)) for n in (few, many)}
    each = {n: run.wall / n for n, run in runs.items()}
    told = f"{each[few] * 1000:.0f} ms each, {each[many] * 1000:.0f} ms of {many}"
    ratio = each[many] / each[few]
    yield Aim(f"{many} submissions, each", Figure(ratio, 1.1, f"times one of {few}"), told)
    peak = max(run.peak for run in runs.values())
    yield Aim("peak memory of one process", Figure(peak, PEAK_MIB, "MiB"), "of the grader's own")


AIMS: dict[str, Callable[[Asked], Iterator[Aim]]] = {
    "base": base_track,
    "stand-in": stand_in,
    "stage": one_stage,
    "first-line": first_line,
    "node": node,
    "hang": hang,
    "watch": watch,
    "awkward": awkward,
    "class": class_of_25,
    "growth": growth,
}


def _in_turn(rounds: int, *measures: Callable[[], Any]) -> list[list[Any]]:
    """What each of these finds, round by round."""
    found: list[list[Any]] = [[] for _ in measures]
    for _ in range(rounds):
        for column, measure in zip(found, measures, strict=True):
            column.append(measure())
    return found


def _graded(one: Server, *options: str, fails: bool = False) -> Spent:
    options = options or ("--all",)
    found = spend(grade(*options, "--", *one.command), one.place)
    if found.code != fails:
        raise SystemExit(f"{one.name}: exit code {found.code}\n{found.out}")
    return found


def _ended_well(found: Spent) -> Spent:
    if found.code:
        raise SystemExit(f"the stand-in ends with exit code {found.code}")
    return found


def _walls(runs: list[Spent], starts: list[float]) -> str:
    peak = _mid([run.peak for run in runs])
    return f"{_ms(run.wall for run in runs)}, start {_ms(starts)}, peak {peak:.0f} MiB"


def _mid(values: list[float]) -> float:
    return statistics.median(values)


def _ms(values: Iterator[float] | list[float]) -> str:
    return f"{statistics.median(values) * 1000:.0f} ms"
