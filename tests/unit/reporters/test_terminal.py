"""The terminal report: what it looks like (golden texts), and what it never does (hostile values)."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.report import (
    CheckFinished,
    Event,
    Report,
    RunFinished,
    StageFinished,
    StageReport,
    Verdict,
)
from grader.reporters.terminal import Terminal

Events = Callable[[Report], list[Event]]

GOLDEN = Path(__file__).parent / "golden"
COLOURS = re.compile(r"\x1b\[(?:0|1|3[1-6])m")
REPLACED = "\r\x1b[K"


def terminal_text(
    events: list[Event],
    *,
    encoding: str = "utf-8",
    color: bool = False,
    verbosity: int = 0,
    width: int = 80,
    live: bool = False,
    error: str | None = None,
) -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="")
    reporter = Terminal(stream, color=color, verbosity=verbosity, width=width, live=live)
    for event in events:
        reporter.handle(event)
    reporter.close(error)
    return raw.getvalue().decode(encoding)


def compare_with_golden(name: str, text: str) -> None:
    """Compare with golden/<name>.txt, which UPDATE_GOLDEN=1 writes first, to be looked at and committed."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def relabelled(report: Report, *, strict: bool) -> Report:
    return replace(
        report,
        header=replace(report.header, environment=replace(report.header.environment, strict=strict)),
    )


def test_ordinary_run(sample: Report, events: Events) -> None:
    compare_with_golden("ordinary", terminal_text(events(sample)))


def test_verbose_run(sample: Report, events: Events) -> None:
    compare_with_golden("verbose", terminal_text(events(sample), verbosity=1))


def test_quiet_run(sample: Report, events: Events) -> None:
    compare_with_golden("quiet", terminal_text(events(sample), verbosity=-1))


def test_stream_that_knows_no_symbols(sample: Report, events: Events) -> None:
    compare_with_golden("ascii", terminal_text(events(sample), encoding="ascii"))


def test_live_and_in_colour(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample), color=True, live=True)
    compare_with_golden("live", text.replace("\x1b", "<ESC>").replace("\r", "<CR>"))


def test_live_leaves_the_same_text_behind(sample: Report, events: Events) -> None:
    """What a terminal shows when the replaced lines are gone is what a pipe would have got."""
    for verbosity in (-1, 0, 1):
        live = terminal_text(events(sample), live=True, verbosity=verbosity)
        left = "\n".join(line.rsplit(REPLACED, 1)[-1] for line in live.split("\n"))
        assert left == terminal_text(events(sample), verbosity=verbosity)


def test_colour_changes_no_text(sample: Report, events: Events) -> None:
    assert COLOURS.sub("", terminal_text(events(sample), color=True)) == terminal_text(events(sample))


def test_strict_run_fails_on_advice(sample: Report, events: Events) -> None:
    text = terminal_text(events(relabelled(sample, strict=True)))
    assert "FAIL   A server SHOULD drop blanks behind a value" in text
    assert "works, but" not in text
    assert "advice" not in text
    assert "seed 7306241, strict" in text


def closing(report: Report, events: Events, *, verbosity: int = 0) -> str:
    return terminal_text(events(report), verbosity=verbosity).rsplit("\n\n", 1)[-1]


def test_closing_of_a_passed_run(sample: Report, events: Events) -> None:
    report = replace(sample, verdict=Verdict.PASSED, stages=sample.stages[:1])
    assert closing(report, events) == "PASSED: 1 of 1 stage, 2 of 2 points\n"


def test_closing_of_a_passed_run_with_advice(sample: Report, events: Events) -> None:
    advice = replace(
        sample.stages[3],
        verdict=Verdict.PASSED,
        checks=sample.stages[3].checks[1:2] * 2,
    )
    report = replace(sample, verdict=Verdict.PASSED, stages=(sample.stages[0], advice))
    assert closing(report, events, verbosity=-1) == (
        "\nPASSED: 2 of 2 stages, 2 of 7 points\n"
        "  2 pieces of advice: run it without -q to see\n"
        "  repeat with: --seed 7306241\n"
    )


@pytest.mark.parametrize(
    ("reason", "headline"),
    [
        ("the reference did not start", "the reference did not start"),
        (
            None,
            "stage 8 gzip: port 4221 is held by another\nprogram (nginx, process 4242)",
        ),
    ],
)
def test_closing_of_an_errored_run(sample: Report, events: Events, reason: str | None, headline: str) -> None:
    report = replace(sample, verdict=Verdict.ERRORED, reason=reason, stages=sample.stages[-1:])
    text = closing(report, events)
    assert text == f"ERRORED (not your server's fault): {headline}\n  repeat with: --seed 7306241\n"


def test_closing_of_an_errored_run_without_any_reason(sample: Report, events: Events) -> None:
    report = replace(sample, verdict=Verdict.ERRORED, stages=())
    assert "ERRORED (not your server's fault): the run could not be finished\n" in closing(report, events)
    bare = replace(sample.stages[-1], checks=())
    assert "stage 8 gzip: it could not be judged" in closing(replace(report, stages=(bare,)), events)


def test_closing_of_a_skipped_run(sample: Report, events: Events) -> None:
    report = replace(sample, verdict=Verdict.SKIPPED, stages=sample.stages[2:3])
    assert closing(report, events).startswith("SKIPPED: no stage was judged\n")


def test_interrupted_run(sample: Report, events: Events) -> None:
    begun = events(sample)[:8]
    assert terminal_text(begun).endswith(
        "\nINTERRUPTED: 1 of 7 stages judged, 2 points so far\n  repeat with: --seed 7306241\n"
    )


def test_run_ended_by_an_error(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample)[:8], error="the reference died")
    assert text.endswith(
        "\nERRORED (not your server's fault): the reference died\n"
        "  1 of 7 stages judged, 2 points so far\n"
        "  repeat with: --seed 7306241\n"
    )


def test_run_that_never_started_says_nothing() -> None:
    assert terminal_text([]) == ""


def test_live_line_is_gone_when_a_run_is_interrupted(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample)[:9], live=True)
    assert "Every line of the head" in text
    assert "Every line of the head" not in text.rsplit(REPLACED, 1)[-1]


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (Verdict.FAILED, "  ✗ FAIL   make failed with status 2\n"),
        (
            Verdict.ERRORED,
            "  ! error  not your server's fault: make failed with status 2\n",
        ),
    ],
)
def test_stage_with_a_reason_of_its_own(sample: Report, events: Events, verdict: Verdict, line: str) -> None:
    stage = StageReport(1, "bind-port", "Bind to a port", "http", verdict, "make failed with status 2")
    report = replace(sample, stages=(stage,))
    assert f" 1 bind-port       Bind to a port\n{line}" in terminal_text(events(report))
    assert line in terminal_text(events(report), verbosity=-1)


def test_single_stage_is_named(sample: Report, events: Events) -> None:
    report = replace(sample, stages=sample.stages[3:4])
    assert terminal_text(events(report)).startswith("Grading my_server.py: stage 5 headers, seed 7306241\n")


def test_narrow_terminal_gets_eighty_columns_and_no_live_line(sample: Report, events: Events) -> None:
    assert terminal_text(events(sample), width=20, live=True) == terminal_text(events(sample))


def test_wide_terminal_keeps_blocks_at_eighty_columns(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample), width=400)
    assert "loopback interface, and stay\n" in text
    blocks = [line for line in text.split("\n") if re.match(" {5}[a-z#]", line) and "printf" not in line]
    assert blocks
    assert all(columns(line) <= 80 for line in blocks)


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_hostile_reports_stay_in_their_lines(
    data: st.DataObject, hostile: st.SearchStrategy[Report], events: Events
) -> None:
    """Not a control but our own, and not a line over 80 columns but the command to repeat a failure."""
    every = events(data.draw(hostile))
    seen = every if data.draw(st.booleans()) else every[:-1]
    color, live = data.draw(st.booleans()), data.draw(st.booleans())
    text = terminal_text(
        seen,
        color=color,
        live=live,
        verbosity=data.draw(st.sampled_from([-1, 0, 1])),
        encoding=data.draw(st.sampled_from(["utf-8", "ascii", "latin-1", "cp1252"])),
        error=data.draw(st.none() | st.just("\x1b[2Jthe reference died")),
    )
    plain = COLOURS.sub("", text) if color else text
    lines = (plain.replace(REPLACED, "\n") if live else plain).split("\n")
    for line in lines:
        assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in line), ascii(
            line
        )
        assert columns(line) <= 80 or line.startswith("     by hand"), ascii(line)


def test_endless_data_are_shown_in_a_few_lines(sample: Report, events: Events) -> None:
    """Whatever a server sends, a failure is read on a screen or two, and at once."""
    failing = sample.stages[5].checks[0]
    assert failing.failure is not None
    for flood in (b"\n" * 4_000_000, b"a" * 4_000_000, b"x: y\r\n" * 700_000):
        failure = replace(
            failing.failure,
            expected=b"x",
            actual=flood,
            offset=2_000_000,
            output_tail=flood,
        )
        entries = (*failing.transcript[:2], replace(failing.transcript[2], data=flood))
        check = replace(failing, failure=failure, transcript=entries)
        began = time.perf_counter()
        text = terminal_text([*events(sample)[:1], CheckFinished(check)])
        assert text.count("\n") < 60
        assert time.perf_counter() - began < 2


def test_long_summary_of_advice_takes_two_lines(sample: Report, events: Events) -> None:
    advice = sample.stages[3].checks[1]
    assert advice.failure is not None
    check = replace(advice, failure=replace(advice.failure, summary="it does " + "much " * 60))
    text = terminal_text([*events(sample)[:1], CheckFinished(check)])
    first, second = text.split("\n\n")[1].split("\n")
    assert first.startswith("  • note   works, but: it does much much")
    assert second.startswith("           much")
    assert second.endswith("...")


def test_program_that_printed_nothing_is_said_to_be_silent(sample: Report, events: Events) -> None:
    """When a program does not start, that it printed nothing is part of the answer."""
    failing = sample.stages[1].checks[0]
    assert failing.failure is not None
    check = replace(failing, failure=replace(failing.failure, kind="exit"))
    text = terminal_text([*events(sample)[:1], CheckFinished(check)])
    assert "     output    (your program printed nothing)\n" in text


def test_checks_of_a_skipped_stage_are_not_listed(sample: Report, events: Events) -> None:
    stage = replace(sample.stages[3], verdict=Verdict.SKIPPED, reason="ok failed")
    stage = replace(stage, checks=stage.checks[2:])
    text = terminal_text(events(replace(sample, stages=(stage,))))
    assert " 5 headers         skipped: ok failed\n\n" in text


def test_stage_finished_without_having_begun(sample: Report, events: Events) -> None:
    """A runner may report a skipped stage without starting it."""
    begun = events(sample)[:1]
    text = terminal_text([*begun, StageFinished(sample.stages[2]), RunFinished(sample)])
    assert " 3 paths           skipped: ok failed\n" in text


def test_first_line_appears_early() -> None:
    """Importing the report and its writers takes a small part of the 150 ms that the first line may take."""
    code = "import grader.reporters.terminal, grader.reporters, sys; sys.stdout.write('ready')"
    took = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.15
