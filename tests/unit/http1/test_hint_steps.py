"""The mistakes that many make have hints in steps: what to look at, where, what others did."""

from __future__ import annotations

import pytest

from grader.check.failure import Failure, Kind
from grader.http1.messages import explain_malformed
from grader.http1.recognise import Wrong, WrongStatus, recognised
from grader.http1.recognise.wrong_status import explain_wrong_status
from grader.http1.wire import Malformed, ResponseReader
from grader.http1.wire.leftover import explain_leftover


def status(code: int, hint: str | tuple[str, ...] | None, *wanted: int) -> tuple[str, ...]:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % code)
    answer = reader.response()
    assert answer is not None
    return explain_wrong_status(WrongStatus(answer, wanted, hint=hint)).hints


def steps(malformed: Malformed) -> tuple[str, ...]:
    return explain_malformed(malformed).hints


def test_a_body_as_python_prints_bytes() -> None:
    what = recognised(Wrong(b"b'fig'", b"fig"))
    assert what is not None
    first, where, others = Failure(Kind.MISMATCH, what.sentence, hint=what.hint).hints
    assert "str() of bytes" in first
    assert where.startswith("Look where")
    assert others.startswith("Others ")


@pytest.mark.parametrize("own", ["Compare the path.", None])
def test_a_path_that_is_not_found(own: str | None) -> None:
    first, where, others = status(404, own, 200)
    assert first == own or (own is None and "print the method and the path" in first)
    assert "compare the path" in where
    assert others.startswith("Others ")


def test_what_a_check_says_in_steps_is_not_added_to() -> None:
    assert status(404, ("One.", "Two."), 200) == ("One.", "Two.")


@pytest.mark.parametrize(("code", "wanted"), [(405, 200), (404, 400)])
def test_other_statuses_have_a_step_at_most(code: int, wanted: int) -> None:
    assert len(status(code, None, wanted)) <= 1


def test_a_length_that_is_a_number_in_the_source() -> None:
    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nfigs")
    answer = reader.response()
    assert answer is not None
    short = steps(explain_leftover(answer, reader.trailing))

    reader = ResponseReader()
    reader.feed(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nfigs")
    reader.eof()
    with pytest.raises(Malformed) as caught:
        reader.response()
    long = steps(caught.value)

    for first, where, others in (short, long):
        assert "Content-Length" in first
        assert "is a number in it, or is the body counted?" in where
        assert "a number that fits one body only" in others
