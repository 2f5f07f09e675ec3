"""What a run shows is held while more files may change, and forgotten when it is broken off."""

from __future__ import annotations

import io
import math
import threading
import time

import pytest

from grader.watch.holding import HeldText

_AT_MOST_S = 20


class Terminal(io.StringIO):
    def __init__(self) -> None:
        super().__init__()
        self.flushed = threading.Event()

    def flush(self) -> None:
        self.flushed.set()


def ended_by(error: BaseException, stream: io.StringIO) -> None:
    with HeldText(stream, math.inf) as held:
        held.write("headline\n")
        raise error


def test_what_is_held_is_handed_over_at_the_end() -> None:
    stream = io.StringIO()
    with HeldText(stream, math.inf) as held:
        held.write("one\n")
        held.flush()
        held.write("two\n")
        assert stream.getvalue() == ""
    assert stream.getvalue() == "one\ntwo\n"


def test_with_the_verdict_all_is_shown_and_nothing_held_any_more() -> None:
    stream = io.StringIO()
    with HeldText(stream, math.inf) as held:
        held.write("1 check passed\n")
        held.release()
        assert stream.getvalue() == "1 check passed\n"
        assert not held.holds
        held.write("kept\n")
        held.flush()
        assert stream.getvalue() == "1 check passed\nkept\n"


def test_an_error_is_shown_with_what_was_held_before_it() -> None:
    stream = io.StringIO()
    with pytest.raises(OSError, match="no such"):
        ended_by(OSError("no such file"), stream)
    assert stream.getvalue() == "headline\n"


def test_of_a_run_that_is_broken_off_nothing_is_shown() -> None:
    stream = io.StringIO()
    with pytest.raises(KeyboardInterrupt):
        ended_by(KeyboardInterrupt(), stream)
    assert stream.getvalue() == ""


def test_what_is_not_held_is_shown_at_once() -> None:
    stream = io.StringIO()
    with HeldText(stream, 0.0) as held:
        for text in ("one\n", "two\n"):
            held.write(text)
            held.flush()
            assert stream.getvalue().endswith(text)
    assert stream.getvalue() == "one\ntwo\n"


def test_a_run_that_says_nothing_more_is_shown_in_time() -> None:
    stream = Terminal()
    with HeldText(stream, time.monotonic() + 0.05) as held:
        held.write("the check that hangs")
        held.hand_over_in_time()
        assert stream.flushed.wait(_AT_MOST_S)
        assert stream.getvalue() == "the check that hangs"
    assert stream.getvalue() == "the check that hangs"
