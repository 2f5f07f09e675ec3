"""The figures of docs/trust.md: measures them, and writes the page.

    python -m tests.trust faults         grade a submission for each measured fault
    python -m tests.trust right_servers  grade the right servers (RIGHT_SERVERS_PYTHON has the
    frameworks)
    python -m tests.trust right_servers_on_tracks  grade servers in use on the other tracks
    python -m tests.trust semantic       grade servers with one step that does the wrong thing
    (--sample N --seed S)
    python -m tests.trust patience       grade right servers on a machine that is far too busy
    python -m tests.trust steady         grade the same servers again and again
    python -m tests.trust fuzz           fuzz the right servers, where nothing may be found
    python -m tests.trust hostile        grade the hostile programs at every level, as root or as an
    ordinary user
    python -m tests.trust remains        grade a class of 500, and look at what is left on the
    machine
    python -m tests.trust page           write the page from the figures
    python -m tests.trust causes         list the judged first sentences of all wrong servers, and
    write docs/causes.md

Each exits with 1 when a figure is not as it should be. With --check nothing is written, nor with
--sample.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from typing import TYPE_CHECKING, Any

from tests.trust import (
    causes,
    faults,
    figures,
    fuzzing,
    hostile,
    page,
    patience,
    remains,
    right,
    semantic,
    steady,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PAGE = figures.ROOT / "docs" / "trust.md"
MEASURE: Mapping[str, Callable[[int], dict[str, Any]]] = {
    "right_servers": right.measured,
    "right_servers_on_tracks": right.measured_on_tracks,
    "faults": faults.measured,
    "semantic": semantic.measured,
    "patience": patience.measured,
    "steady": steady.measured,
    "fuzz": fuzzing.measured,
    "hostile": hostile.measured,
    "remains": remains.measured,
}


def main() -> int:
    """One figure, or the page; 1 when it is not as it should be."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.trust",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", choices=[*MEASURE, "page", "causes"])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--only",
        nargs="+",
        default=(),
        help="these hostile programs, right servers of `fuzz`, or stages of `faults`; the others"
        " keep their figures",
    )
    parser.add_argument(
        "--sample",
        type=int,
        metavar="N",
        help="so many of the servers of `semantic`, drawn at random",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed draws the same servers"
    )
    asked = parser.parse_args()
    if asked.what == "page":
        return _page(check=asked.check)
    if asked.what == "causes":
        return causes.update(check=asked.check)
    began = time.monotonic()
    found = _measured(asked)
    minutes = {} if asked.only else {"minutes": round((time.monotonic() - began) / 60, 1)}
    name = hostile.name() if asked.what == "hostile" else asked.what
    if not (asked.check or asked.sample):
        figures.save(name, f"python -m tests.trust {asked.what}", {**minutes, **found})
        _page(check=False)
    wrong = _WRONG[asked.what](found)
    print("\n".join(wrong or [f"{name}: {page.figure(name, found)}"]))
    return bool(wrong)


def _measured(asked: argparse.Namespace) -> dict[str, Any]:
    if asked.only and asked.what == "faults":
        return faults.measured_again(asked.jobs, asked.only, figures.load("faults") or {})
    if asked.only:
        measured = fuzzing.measured if asked.what == "fuzz" else hostile.measured
        return measured(asked.jobs, asked.only)
    if asked.sample:
        return semantic.measured(asked.jobs, asked.sample, asked.seed)
    return MEASURE[asked.what](asked.jobs)


def _page(*, check: bool) -> int:
    text = page.render({name: figures.load(name) for name in page.NAMES})
    if not check:
        PAGE.write_text(text)
    elif PAGE.read_text() != text:
        print("docs/trust.md is not what the figures say: python -m tests.trust page")
        return 1
    elif not _is_whole():
        print("faults.yaml lists other faults than were measured: python -m tests.trust faults")
        return 1
    return 0


def _is_whole() -> bool:
    """Whether every listed fault was measured, with the submission and the check that are named
    now; and as many wrong servers of each other stage as there are."""
    measured = figures.load("faults") or {"faults": (), "stages": ()}
    return [(row["fault"], row["submission"], row["check"]) for row in measured["faults"]] == [
        (one.fault, one.submission, one.check) for one in faults.listed()
    ] and {row["stage"]: row["graded"] for row in measured["stages"]} == {
        stage.slug: len(faults.written_for(stage.slug)) for stage in faults.unmeasured()
    }


def _unexpected(found: dict[str, Any]) -> list[str]:
    return [f"not as expected: {name}" for name in found["unexpected"]]


_WRONG: Mapping[str, Callable[[dict[str, Any]], list[str]]] = {
    "right_servers": _unexpected,
    "right_servers_on_tracks": _unexpected,
    "faults": lambda found: [
        *(
            f"not caught: {row['fault']} ({row['submission']}): {row['check']} {row['verdict']}"
            for row in found["faults"]
            if row["verdict"] != "failed"
        ),
        *(f"not caught: {missed}" for row in found["stages"] for missed in row["missed"]),
    ],
    "semantic": lambda found: found["problems"],
    "patience": lambda found: [
        *(f"failed under load: {what} ({times})" for what, times in found["failed"].items()),
        *(
            f"passed, and hangs: {row['server']}"
            for row in found["hanging"]
            if row["verdict"] != "failed"
        ),
    ],
    "steady": lambda found: [
        f"{row['server']}, {row['loops']} busy loops: {row['runs'] - row['alike']} runs differ:"
        f" {row['differing']}"
        for row in found["servers"]
        if row["alike"] != row["runs"]
    ],
    "remains": lambda found: [
        *(f"left behind: {what}" for what in found["left"]),
        *([f"the class ended with {found['exit_code']}"] if found["exit_code"] != 1 else []),
    ],
    "fuzz": lambda found: [
        f"a difference in {row['server']}" for row in found["servers"] if row["differences"]
    ],
    "hostile": lambda found: found["problems"],
}


if __name__ == "__main__":
    sys.exit(main())
