"""The command line: `python -m tests.mutation` says how many wrong servers the course would
catch."""

from __future__ import annotations

import os
import shlex
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from grader.course import load_course
from tests.mutation.known import LISTED, problems, read
from tests.mutation.running import How, Unreliable, told
from tests.mutation.scope import all_mutants, drawn, tracks_of
from tests.mutation.subject import ROOT
from tests.mutation.summary import ENOUGH, as_json, lines, never_first, summarise
from tests.trust.figures import obtained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.mutation.mutants import Mutant

FIGURES = ROOT / "docs" / "figures"
FIGURES_OF_TRACKS = {
    ("hardening", "http"): FIGURES / "mutation.json",
    ("sockets", "static-site"): FIGURES / "mutation_tracks.json",
    ("web-app",): FIGURES / "mutation_web_app.json",
}
"""Each mutant is in one of them: that of the first of the tracks which see it."""


def main(arguments: Sequence[str]) -> int:
    """Exit code: 0 the score is high enough, 1 it is not or the lists are wrong, 3 nothing can be
    said."""
    parser = _parser()
    options = parser.parse_args(arguments)
    figures = FIGURES_OF_TRACKS.get(tuple(sorted(options.tracks)))
    if options.write and figures is None:
        kept = ", or ".join(" ".join(tracks) for tracks in FIGURES_OF_TRACKS)
        parser.error(f"--write keeps figures for --tracks {kept}")
    every = all_mutants(ROOT)
    chosen = _chosen(options, every)
    if options.list:
        for mutant in chosen:
            print(f"{mutant.id} {mutant.where}\n    {mutant.diff}")
        return 0
    how = How(options.jobs, options.course_seed, options.timeout_scale, options.whole)
    try:
        return _graded(options, every, chosen, how, figures)
    except Unreliable as error:
        print(f"no score: {error}", file=sys.stderr)
        return 3


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="so many at once"
    )
    parser.add_argument(
        "--sample", type=int, metavar="N", help="grade N of the mutants, drawn at random"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="the same seed draws the same mutants"
    )
    parser.add_argument(
        "--only", nargs="+", default=(), metavar="FILE", help="mutate these files alone"
    )
    parser.add_argument(
        "--tracks",
        nargs="+",
        default=(),
        metavar="TRACK",
        help="mutate what is seen in one of these first: transports in http, not in sockets",
    )
    parser.add_argument("--list", action="store_true", help="list the mutants, and grade nothing")
    parser.add_argument(
        "--whole",
        action="store_true",
        help="grade every check, not only up to the first that fails",
    )
    parser.add_argument("--json", type=Path, metavar="PATH", help="write the matrix here")
    parser.add_argument(
        "--write",
        action="store_true",
        help=f"write the matrix to {FIGURES.relative_to(ROOT)}, a file for each choice of --tracks",
    )
    parser.add_argument(
        "--timeout-scale", type=float, default=0.3, metavar="X", help="a factor on every budget"
    )
    parser.add_argument(
        "--course-seed", type=int, default=1, metavar="S", help="the grader's own seed"
    )
    return parser


def _chosen(options: Namespace, every: Sequence[Mutant]) -> list[Mutant]:
    ends = tuple(f"/{name}" for name in options.only)
    chosen = [
        mutant
        for mutant in every
        if (not ends or f"/{mutant.file}".endswith(ends))
        and (not options.tracks or tracks_of(mutant.file)[0] in options.tracks)
    ]
    return drawn(chosen, options.sample, options.seed)


def _graded(
    options: Namespace,
    every: Sequence[Mutant],
    chosen: Sequence[Mutant],
    how: How,
    figures: Path | None,
) -> int:
    began = time.monotonic()
    found = told(chosen, how)
    # of those that are not remembered from a run before
    minutes = round((time.monotonic() - began) / 60, 1)
    entries = read(LISTED.read_text(encoding="utf-8"))
    summary = summarise(found, entries)
    wrong = list(problems(entries, every, found))
    part = options.sample is not None or bool(options.only)
    idle = [] if part else never_first(summary, _checks(options.tracks))
    print(*idle, *lines(summary), *wrong, sep="\n")
    document = as_json(summary, {**obtained(_command()), "minutes": minutes})
    for path in filter(None, (options.json, figures if options.write else None)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(document, encoding="utf-8")
    short = bool(summary.unlisted) if part or options.tracks else summary.score < ENOUGH
    return int(bool(wrong or summary.errored) or short)


def _checks(tracks: Sequence[str]) -> list[str]:
    """Those of these tracks, or of all without a name."""
    return [
        f"{stage.slug}/{check.name}"
        for stage in load_course(ROOT).stages
        if not tracks or stage.track in tracks
        for check in stage.checks
    ]


def _command() -> str:
    return shlex.join(["python", "-m", "tests.mutation", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
