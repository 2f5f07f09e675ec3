"""The terminal report: what it looks like (golden texts), and what it never does (hostile
values)."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from grader.check.failure import Kind
from grader.check.transcript import Direction, Entry
from grader.errors import GraderError, MachineError
from grader.report.model import (
    CheckFinished,
    Event,
    Report,
    RunFinished,
    RunStarted,
    StageFinished,
    StageReport,
    Verdict,
)
from grader.reporters.detail import FULL, Detail
from grader.reporters.exchange import acts, signalled
from grader.reporters.failure_block import failure_block, failure_rows
from grader.reporters.program_output import output_lines
from grader.reporters.terminal import Terminal
from grader.text.live_lines import CLEAR
from grader.text.style import Style
from tests.unit.reporters.screen import terminal_text

Events = Callable[[Report], list[Event]]

GOLDEN = Path(__file__).parent / "golden"
COLOURS = re.compile(r"\x1b\[(?:0|1|3[1-6])m")


def compare_with_golden(name: str, text: str) -> None:
    """Compare with golden/<name>.txt, which UPDATE_GOLDEN=1 writes first, to be looked at and
    committed."""
    path = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def announced(events: list[Event], error: GraderError | None = None) -> str:
    """What stands there when the run is announced by its first event, and then goes on so."""
    stream = io.StringIO()
    terminal = Terminal(stream)
    begun, *others = events
    assert isinstance(begun, RunStarted)
    terminal.announce(begun)
    for event in others:
        terminal.handle(event)
    terminal.close(error)
    return stream.getvalue()


def test_an_announced_run_is_shown_as_any_other(sample: Report, events: Events) -> None:
    begun, *others = events(sample)
    assert announced([begun, begun, *others]) == terminal_text([begun, *others])


def test_an_announced_run_that_never_begins_is_told_as_interrupted(
    sample: Report, events: Events
) -> None:
    begun = events(sample)[0]
    heading, *_ = terminal_text([begun]).splitlines()
    shown = announced([begun])
    assert shown.startswith(f"{heading}\n")
    assert f"INTERRUPTED: 0 of {len(sample.stages)} stages" in shown
    assert "isolation" not in shown


def test_an_error_before_it_begins_is_told_by_somebody_else(sample: Report, events: Events) -> None:
    begun = events(sample)[0]
    heading, *_ = terminal_text([begun]).splitlines()
    assert announced([begun], MachineError("no sandbox")) == f"{heading}\n"


def relabelled(report: Report, *, strict: bool) -> Report:
    return replace(
        report,
        header=replace(
            report.header, environment=replace(report.header.environment, strict=strict)
        ),
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
        left = "\n".join(line.rsplit(CLEAR, 1)[-1] for line in live.split("\n"))
        assert left == terminal_text(events(sample), verbosity=verbosity)


def test_colour_changes_no_text(sample: Report, events: Events) -> None:
    assert COLOURS.sub("", terminal_text(events(sample), color=True)) == terminal_text(
        events(sample)
    )


def test_strict_run_fails_on_advice(sample: Report, events: Events) -> None:
    text = terminal_text(events(relabelled(sample, strict=True)))
    assert "FAIL   Whitespace after a value is dropped" in text
    assert "worth fixing" not in text
    assert "advice" not in text
    assert "seed 7306241, strict" in text


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
def test_stage_with_a_reason_of_its_own(
    sample: Report, events: Events, verdict: Verdict, line: str
) -> None:
    stage = StageReport(
        1, "bind-port", "Bind to a port", "http", verdict, "make failed with status 2"
    )
    report = replace(sample, stages=(stage,))
    assert f" 1 bind-port       Bind to a port\n{line}" in terminal_text(events(report))
    assert line in terminal_text(events(report), verbosity=-1)


def test_single_stage_is_named(sample: Report, events: Events) -> None:
    report = replace(sample, stages=sample.stages[3:4])
    assert terminal_text(events(report)).startswith(
        "Grading my_server.py: stage 5 headers, seed 7306241\n"
    )


def test_a_terminal_narrower_than_forty_columns_gets_forty_and_no_live_line(
    sample: Report, events: Events
) -> None:
    narrow = terminal_text(events(sample), width=20, live=True)
    assert narrow == terminal_text(events(sample), width=40)


def test_at_forty_columns_all_but_bytes_and_commands_fit(sample: Report, events: Events) -> None:
    lines = terminal_text(events(sample), width=40).split("\n")
    prose = [line for line in lines if re.match(r" {0,11}[A-Za-z✓✗•!-]", line)]
    labels = (
        "sent",
        "received",
        "closed",
        "by hand",
        "launch",
        "but got",
        "expected",
        "exchange",
        "output",
    )
    own = [line for line in prose if not line.lstrip(" #0123456789").startswith(labels)]
    assert len(own) > 20
    assert [line for line in own if columns(line) > 40 and "printf" not in line] == []


def test_wide_terminal_keeps_blocks_at_eighty_columns(sample: Report, events: Events) -> None:
    text = terminal_text(events(sample), width=400)
    assert "exactly as they are, whatever they are, undecoded\n" not in text
    blocks = [
        line for line in text.split("\n") if re.match(" {5}[a-z#]", line) and "printf" not in line
    ]
    assert blocks
    assert all(columns(line) <= 80 for line in blocks)


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in line)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_hostile_reports_stay_in_their_lines(
    data: st.DataObject, hostile: st.SearchStrategy[Report], events: Events
) -> None:
    """Not a control but our own, and not a line over 80 columns but the commands to repeat a
    failure."""
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
    lines = (plain.replace(CLEAR, "\n") if live else plain).split("\n")
    for line in lines:
        assert all(
            unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in line
        ), ascii(line)
        assert columns(line) <= 80 or line.startswith(("     launch", "     by hand")), ascii(line)


@pytest.mark.parametrize(
    ("data", "told"), [(b"SIGTERM", "SIGTERM"), (b"a" * 5000, "a signal"), (b"\x1b[2J", "a signal")]
)
def test_a_signal_that_is_none_is_not_named(data: bytes, told: str) -> None:
    sent = Entry(1, Direction.SIGNAL, 0.0, data)
    assert signalled(acts([sent])[0]) == f"{told} to your program"


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
        text = terminal_text([*events(sample)[:1], CheckFinished(check)])
        assert text.count("\n") < 60


@pytest.mark.parametrize("blanks", [b"\t" * 300, b"\x0b\x0c" * 40, b" \t\r" * 400, b"\t\n" * 300])
def test_blanks_that_a_program_printed_are_shown(
    sample: Report, events: Events, blanks: bytes
) -> None:
    failing = sample.stages[5].checks[0]
    assert failing.failure is not None
    check = replace(failing, failure=replace(failing.failure, output_tail=blanks))
    text = terminal_text([*events(sample)[:1], CheckFinished(check)])
    assert " output " in text
    assert text.count("\n") < 60


def test_advice_takes_three_lines(sample: Report, events: Events) -> None:
    advice = sample.stages[3].checks[1]
    assert advice.failure is not None
    check = replace(advice, failure=replace(advice.failure, summary="it does " + "much " * 60))
    text = terminal_text([*events(sample)[:1], CheckFinished(check)])
    first, second, third = text.split("\n\n")[1].split("\n")
    assert first == "  • note   Whitespace after a value is dropped"
    assert second == "           not required, but worth fixing: it does" + " much" * 6
    assert third.startswith("           much much")
    assert third.endswith("...")


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


def test_first_line_waits_for_no_import_it_does_not_need() -> None:
    """The first line has 150 ms from the start of the process: nothing heavy is loaded for it."""
    code = "import grader.reporters.terminal, sys; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    assert not {"requests", "pexpect", "asyncio", "ssl", "psutil", "rich"}.intersection(loaded)
    later = ("failure_block", "exchange", "closing", "html_report", "destination")
    assert not {f"grader.reporters.{name}" for name in later}.intersection(loaded)


def test_long_lines_of_a_traceback_are_shown_whole(sample: Report, events: Events) -> None:
    """The number of the line stands at the end of the line."""
    failing = sample.stages[1].checks[0]
    assert failing.failure is not None
    output = b'Traceback\r\n  File "' + b"/a" * 30 + b'/server.py", line 29, in main\r\n'
    check = replace(failing, failure=replace(failing.failure, output_tail=output))
    text = terminal_text([*events(sample)[:1], CheckFinished(check)])
    assert 'server.py", line 29, in main\n' in text.replace("\n               | ", "")


def test_advice_that_ends_the_program_is_not_called_worth_fixing(
    sample: Report, events: Events
) -> None:
    note = sample.stages[3].checks[1]
    assert note.failure is not None
    crash = replace(note.failure, kind=Kind.EXIT, summary="Your program crashed.")
    stage = replace(sample.stages[3], checks=(replace(note, failure=crash),))
    text = terminal_text(events(replace(sample, stages=(stage,))))
    assert "does not count here, but fix it: Your program crashed." in text
    assert "worth fixing" not in text


def test_an_error_is_shown_from_its_first_line() -> None:
    """Go prints its other goroutines after it, which do not push it out."""
    frames = b"goroutine 5 [running]:\nmain.handle()\n\t/srv/app/main.go:7 +0x1\n" * 20
    shown = output_lines(b"listening\npanic: it broke\n\n" + frames, Style(80))
    assert [shown[0], shown[-1], len(shown)] == ["  | panic: it broke", "  | ...", 15]


def test_failures_of_one_cause_are_named_below_the_first(sample: Report, events: Events) -> None:
    stage = sample.stages[1]
    first = stage.checks[0]
    assert first.failure is not None
    same = replace(first, failure=replace(first.failure, cause="malformed | bare-lf"))
    other = replace(first, id="ok/other", failure=replace(first.failure, cause="another"))
    checks = (
        same,
        replace(same, id="ok/second"),
        other,
        replace(first, id="ok/unknown"),
        replace(same, id="ok/third"),
    )
    report = replace(sample, stages=(replace(stage, checks=checks),))
    folded, full = terminal_text(events(report)), terminal_text(events(report), verbosity=1)

    assert folded.count("ends with a bare LF") == 3
    assert "2 more checks fail like ok/line_ends (-v shows all): second, third" in folded
    assert full.count("ends with a bare LF") == 5
    assert terminal_text(events(report), verbosity=-1).count("ends with a bare LF") == 5


def test_a_cause_is_explained_once_in_a_run_and_named_in_each_stage(
    sample: Report, events: Events
) -> None:
    stage = sample.stages[1]
    check = stage.checks[0]
    assert check.failure is not None
    same = replace(check, failure=replace(check.failure, cause="malformed | bare-lf"))
    later = replace(stage, number=3, slug="paths", checks=(replace(same, id="paths/end"),))
    text = terminal_text(events(replace(sample, stages=(replace(stage, checks=(same,)), later))))
    assert text.count("ends with a bare LF") == 1
    assert "1 more check fails like ok/line_ends (-v shows all): paths/end" in text


def test_advice_is_named_or_counted_once_a_check_has_failed(sample: Report, events: Events) -> None:
    stage = sample.stages[3]
    failing, note = stage.checks[0], stage.checks[1]
    one = terminal_text(events(replace(sample, stages=(replace(stage, checks=(failing, note)),))))
    assert f"note   {note.title}\n" in one
    two = replace(sample, stages=(replace(stage, checks=(failing, note, note)),))
    text = terminal_text(events(two))
    assert "note   2 pieces of advice (-v shows more)\n" in text
    assert note.title not in text
    assert "see above" not in text
    assert "worth fixing" not in one + text
    alone = replace(sample, stages=(replace(stage, checks=(note,), verdict=Verdict.PASSED),))
    assert "worth fixing" in terminal_text(events(alone))


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        (FULL, ["no answer", "exception at x.py:8", "    answer(path)", "blocked in accept()"]),
        (Detail(prose=6), ["exception at x.py:8", "    answer(path)", "blocked in accept()"]),
        (Detail(prose=2), ["exception at x.py:8", "    answer(path)"]),
        (Detail(prose=1), ["exception at x.py:8", "    answer(path)"]),
    ],
)
def test_what_was_found_gets_shorter_by_whole_statements(
    detail: Detail, shown: list[str], sample: Report
) -> None:
    check = sample.stages[1].checks[0]
    assert check.failure is not None
    found = "no answer\nexception at x.py:8\n    answer(path)\nblocked in accept()"
    silent = replace(
        check, transcript=(), failure=replace(check.failure, actual=found, offset=None)
    )
    rows = failure_rows(silent, Style(80), 65, detail)
    assert [list(row.lines) for row in rows if row.label == "but got"] == [shown]


def test_an_error_in_the_sentence_is_not_printed_again_where_there_is_little_room(
    sample: Report,
) -> None:
    check = sample.stages[1].checks[0]
    assert check.failure is not None
    long = "a message that is longer than a line of the screen, " * 2 + "and then ends"
    failure = replace(check.failure, output_tail=b"Traceback\nValueError: " + long.encode())

    def printed(summary: str) -> list[str]:
        told = replace(check, failure=replace(failure, summary=summary))
        rows = failure_rows(told, Style(80), 65, Detail(output=1))
        return [line for row in rows if row.label == "output" for line in row.lines]

    assert printed(f"It raised ValueError ({long}).") == []
    (cut,) = printed("It raised an exception.")
    assert cut.startswith("| ValueError: a message")
    assert cut.endswith("...")


@pytest.mark.parametrize("before", [b"", b"listening\n"])
def test_the_error_itself_is_the_last_to_be_left_out(before: bytes, sample: Report) -> None:
    """Even where one line is all that there is room for."""
    check = sample.stages[1].checks[0]
    assert check.failure is not None
    calls = b"\tat java.base/java.lang.Thread.run(Thread.java:840)\n" * 3
    own = b"\tat Server.main(Server.java:1)\n"
    output = before + b"java.io.IOException: it broke\n" + calls + own
    lines = failure_block(
        replace(check, failure=replace(check.failure, output_tail=output)),
        Style(80),
        detail=Detail(output=1),
    )
    assert [line.strip() for line in lines if "output " in line] == [
        "output    | java.io.IOException: it broke"
    ]
