"""Renders docs/trust.md from the figures: pure text in, text out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.trust import hostile_page

Figures = Mapping[str, Any]

_TITLE = """# Why these verdicts can be trusted

A grader is worth as much as its verdicts. So they are measured from both sides: right servers must
pass, however odd they look, and wrong servers must fail. `python -m tests.trust page` writes this
page from the files in [docs/figures](figures), and the command in each row measures its figure
again. Nothing here is written by hand.

[Another page](causes.md) says of each wrong server whether the failure names its cause.
"""


def render(figures: Mapping[str, Figures | None]) -> str:
    """The page. `figures` holds what was measured under each name; None for what was not."""
    sections = [_TITLE, _summary(figures)]
    for name, section in _SECTIONS.items():
        if (found := figures.get(name)) is not None:
            sections.append(section(found))
    return "\n".join(sections)


def _summary(figures: Mapping[str, Figures | None]) -> str:
    rows = [_row(_QUESTIONS[name], name, figures.get(name)) for name in _SECTIONS]
    return _table(("question", "figure", "obtained by", "took", "at"), rows)


def _row(question: str, name: str, found: Figures | None) -> Sequence[str]:
    if found is None:
        return question, "not measured yet", "", "", ""
    at = f"{found['date']}, commit {found['commit']}; {found['machine']}"
    took = f"{found['minutes']:g} min" if "minutes" in found else ""
    return question, _FIGURE[name](found), f"`{found['command']}`", took, at


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
    )


# --- right servers --------------------------------------------------------------------------------


def _right(found: Figures) -> str:
    partial = [(name, stages) for name, stages in found["partial"].items()]
    text = """## Right servers

Well-known servers with the course as a small application, and right servers that behave in an
unusual way: they send one byte at a time or in chunks, close late, listen on IPv6 only, fork, print
much or nothing. They pass all required checks.
"""
    if partial:
        text += "\nThese can pass only a part of the course, and fail where they should:\n\n"
        text += _table(
            ("server", "passes", "fails", "advice"),
            [_partial(name, stages) for name, stages in partial],
        )
    return text + _not_run(found)


def _right_on_tracks(found: Figures) -> str:
    table = _table(
        ("track", "server", "stages", "fails"),
        [
            (
                row["track"],
                row["server"],
                ", ".join(row["stages"]),
                ", ".join(f"`{check}`" for check in row["fails"]) or "nothing",
            )
            for row in found["servers"]
        ],
    )
    return f"""## Servers in use on the other tracks

Each is asked for the stages that it can have, and fails where an RFC or the stage decides so:

{table}{_not_run(found)}"""


def _not_run(found: Figures) -> str:
    named = "; ".join(f"{name}: {why}" for name, why in found["skipped"].items())
    return f"\nNot run, and why: {named}.\n" if named else ""


def _partial(name: str, stages: Figures) -> Sequence[str]:
    return (
        name,
        f"{stages['passes']} of {stages['stages']} stages",
        *(
            ", ".join(f"`{check}`" for check in stages[key]) or "nothing"
            for key in ("fails", "advice")
        ),
    )


# --- wrong servers --------------------------------------------------------------------------------


def _faults(found: Figures) -> str:
    seen = [row for row in found["faults"] if row["seen"]]
    others = [row for row in found["faults"] if not row["seen"]]
    return f"""## Wrong servers

Faults measured in 72 public servers that learners wrote for such a course. "n of N": n servers show
the fault, of the N that answer the ordinary form of the same request.

{_caught(seen)}
Faults with which a server passes the best-known public tester of such a course completely:

{_caught(others)}
For the stages of the other tracks no public servers were measured. Every wrong server that was
written for one of them (see [tests/submissions](../tests/submissions)) must fail the check that it
names:

{_by_stage(found["stages"])}"""


def _by_stage(stages: Sequence[Figures]) -> str:
    return _table(
        ("track", "stage", "checks", "wrong servers", "caught"),
        [
            (
                row["track"],
                f"`{row['stage']}`",
                str(row["checks"]),
                str(row["graded"]),
                str(row["graded"] - len(row["missed"])),
            )
            for row in stages
        ],
    )


def _caught(rows: Sequence[Figures]) -> str:
    table = [
        (
            row["fault"],
            row["seen"],
            _submission(row["submission"]),
            f"`{row['check']}`",
            row["level"],
            row["verdict"],
        )
        for row in rows
    ]
    return _table(("fault", "seen in", "submission", "check", "level", "verdict"), table)


def _submission(name: str) -> str:
    return f"[{name}](../tests/submissions/{name}.py)"


# --- the others -----------------------------------------------------------------------------------


def _mutation(found: Figures) -> str:
    counts = found["counts"]
    return f"""## Mutants

One small change at a time is made to the reference (constants, comparisons, clauses, dropped calls,
deleted statements, swapped branches), and each mutant is graded with `--strict` until its first
failed check. Of {counts["mutants"]} mutants, {counts["caught"]} are caught, and
{counts["equivalent"]} are not wrong: no client can tell them from the original, or the RFCs
leave open what they do. {counts["uncaught"] + counts["unlisted"]} wrong servers pass. Each has its
reason, or the check that it asks for, in [known.yaml](../tests/mutation/known.yaml).
"""


def _mutation_tracks(found: Figures) -> str:
    counts = found["counts"]
    return f"""## Mutants of the services and the static site

The same is done with what the tracks `sockets` and `static-site` see of the reference, graded by
these tracks. Of {counts["mutants"]} mutants, {counts["caught"]} are caught, and
{counts["equivalent"]} are not wrong: a server may do without ranges, for one.
{counts["uncaught"] + counts["unlisted"]} wrong servers pass, listed in the same file.
"""


def _mutation_web_app(found: Figures) -> str:
    counts = found["counts"]
    return f"""## Mutants of the web application

And with the application of the reference, graded by the stages of `web-app` that see the file. Of
{counts["mutants"]} mutants, {counts["caught"]} are caught, and {counts["equivalent"]} are not
wrong: limits, ids and the names of cookies are free, for one.
{counts["uncaught"] + counts["unlisted"]} wrong servers pass, listed in the same file.
"""


def _semantic(found: Figures) -> str:
    counts = found["counts"]
    passing: dict[str, list[str]] = {}
    for name in found["uncaught"]:
        step, _, fault = name.partition(":")
        passing.setdefault(fault, []).append(f"`{step}`")
    table = _table(
        ("fault", "in the step"),
        [(fault, ", ".join(steps)) for fault, steps in sorted(passing.items())],
    )
    return f"""## Servers with one step that does the wrong thing

The result of one step of a right server is wrong in one way: lowered, trimmed, cut, percent-decoded
again, remembered from an earlier call, mixed between clients, dropped, and others
([faults.py](../tests/mutation/semantic/faults.py)). The steps are its methods, from the bytes of
the head to the bytes of the answer ([steps.py](../tests/mutation/semantic/steps.py)). Each server
is started and graded with `--strict` on both tracks until its first failed check. Of
{counts["mutants"]} servers, {counts["caught"]} are caught, and {counts["equivalent"]} are
right: no client can tell them from the original, or the RFCs leave open what they do. Each of
the others has its reason in [known.yaml](../tests/mutation/semantic/known.yaml).
{f"{chr(10)}These pass:{chr(10)}{chr(10)}{table}" if passing else ""}"""


def _patience(found: Figures) -> str:
    rows = [
        (name, f"{found['passes'].get(name, 0)} of {times}")
        for name, times in found["graded"].items()
    ]
    hanging = [(row["server"], row["verdict"], f"{row['seconds']} s") for row in found["hanging"]]
    return f"""## Patience

Deadlines count only the time in which the server could run, so a busy machine fails nobody. With
{found["loops"]} busy loops on {found["machine"].split(",")[0]}, and {found["jobs"]} gradings at a
time beside them:

{_table(("right server", "passed"), rows)}
A server that hangs still fails, after a bounded time (one stage, under the same load):

{_table(("server", "verdict", "after"), hanging)}"""


def _fuzz(found: Figures) -> str:
    kinds: dict[str, list[Figures]] = {}
    for row in found["servers"]:
        kinds.setdefault(row["server"].partition("-")[0], []).append(row)
    rows = [
        (
            _KINDS[kind],
            str(len(of_it)),
            *(f"{sum(row[key] for row in of_it):,.0f}" for key in _COUNTED),
        )
        for kind, of_it in kinds.items()
    ]
    return f"""## Differential fuzzing

`grade fuzz` compares a server with the reference on generated requests. On right servers it must
find nothing.

{_table(("servers", "how many", "conversations", "requests", "seconds", "differences"), rows)}"""


def _steady(found: Figures) -> str:
    rows = [
        (row["server"], str(row["loops"]), f"{row['alike']} of {row['runs']}")
        for row in found["servers"]
    ]
    return f"""## Determinism

The same seed sends the same bytes. The same server gets the same verdicts, with any seed and under
any load:

{_table(("server", "busy loops", "runs alike"), rows)}"""


def _hostile(found: Figures) -> str:
    before, rows, after = hostile_page.section(found)
    table = _table(
        ("isolation level", "programs", "contained", "right verdict", "nothing left"), rows
    )
    return f"{before}\n{table}{after}"


def _remains(found: Figures) -> str:
    left = "".join(f"- {what}\n" for what in found["left"]) or "Nothing was left.\n"
    memory = ", ".join(f"{fifth:.0f}" for fifth in found["memory_mib"])
    return f"""## What is left on the machine

One class of {found["gradings"]} submissions (right, broken and hanging servers), {found["jobs"]} at
a time. Processes, mounts, temporary files, shared memory and listening ports are compared with
those before. {left}
The process that lives as long as the class has at most {memory} MiB of memory in each fifth of the
time.
"""


def figure(name: str, found: Figures) -> str:
    """What was measured, in one line."""
    return _FIGURE[name](found)


def _is_sample(found: Figures) -> bool:
    return bool(found["counts"]["mutants"] < found["of"])


_KINDS = {
    "reference": "the reference, against itself",
    "framework": "frameworks",
    "odd": "right servers that look odd",
}
_COUNTED = ("examples", "requests", "seconds", "differences")

_SECTIONS = {
    "right_servers": _right,
    "right_servers_on_tracks": _right_on_tracks,
    "faults": _faults,
    "mutation": _mutation,
    "mutation_tracks": _mutation_tracks,
    "mutation_web_app": _mutation_web_app,
    "semantic": _semantic,
    "patience": _patience,
    "steady": _steady,
    "fuzz": _fuzz,
    "hostile_root": _hostile,
    "hostile_user": _hostile,
    "remains": _remains,
}
NAMES = tuple(_SECTIONS)
_QUESTIONS = {
    "right_servers": "Do right servers pass?",
    "right_servers_on_tracks": "And servers in use, on the other tracks?",
    "faults": "Are the faults of real servers caught?",
    "mutation": "Are mutants of the reference caught?",
    "mutation_tracks": "And those of its services and its static site?",
    "mutation_web_app": "And those of its web application?",
    "semantic": "Are servers caught that do one step wrong?",
    "patience": "Does a right server pass on a busy machine?",
    "steady": "Are verdicts the same every time?",
    "fuzz": "Does fuzzing find faults in right servers?",
    "hostile_root": "Are hostile programs contained, when root grades?",
    "hostile_user": "And when an ordinary user grades?",
    "remains": "Is anything left on the machine?",
}


def _not_equivalent(found: Figures) -> str:
    return f"{found['score']:.1%} of those that are not equivalent"


_FIGURE = {
    "right_servers": lambda found: (
        f"{found['as_expected']} of {found['graded']} servers as expected; {found['stages_passed']}"
        " stages passed"
    ),
    "right_servers_on_tracks": lambda found: (
        f"{found['as_expected']} of {found['graded']} gradings as expected"
    ),
    "faults": lambda found: (
        f"{found['caught']} of {len(found['faults'])} caught; of the other tracks'"
        f" {sum(row['graded'] for row in found['stages'])} wrong servers"
        f" {sum(row['graded'] - len(row['missed']) for row in found['stages'])}"
    ),
    "mutation": _not_equivalent,
    "mutation_tracks": _not_equivalent,
    "mutation_web_app": _not_equivalent,
    "semantic": lambda found: (
        f"{found['score']:.1%} of those that a client can tell from a right one"
        + (
            f" (95 % interval {found['interval'][0]:.1%} to {found['interval'][1]:.1%})"
            if _is_sample(found)
            else ""
        )
    ),
    "patience": lambda found: (
        f"{sum(found['passes'].values())} of {found['gradings']} gradings passed"
    ),
    "steady": lambda found: (
        f"{sum(row['alike'] for row in found['servers'])} of"
        f" {sum(row['runs'] for row in found['servers'])} runs alike"
    ),
    "remains": lambda found: f"{len(found['left'])} things left after {found['gradings']} gradings",
    "fuzz": lambda found: (
        f"{sum(row['differences'] for row in found['servers'])} differences in "
        f"{sum(row['seconds'] for row in found['servers']) / 3600:.2f} hours"
    ),
    "hostile_root": hostile_page.figure,
    "hostile_user": hostile_page.figure,
}
