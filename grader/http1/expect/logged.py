"""Judgements on the log of requests that a program prints: the one part of its output that is
judged.

How this works. A request has a word in its target that occurs nowhere else, so its line is found by
that. The line may stand among other lines, may come after the answer, and may have text before and
after the record. Where it does not come, some more requests are sent: output that waits in a buffer
comes when the buffer is full.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.request_log import Record, lines, record_in, records, what_is_wrong
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.http1.session import Session
    from grader.http1.wire import Request, Response

EXAMPLE: Final = '127.0.0.1 - - [06/Nov/1994:08:49:37 +0000] "GET / HTTP/1.1" 200 14'
FLUSH: Final = (
    "Flush standard output after each line of the log: what a program prints can wait in a buffer.",
    "Look how you open or wrap standard output, and what stands between your program and the"
    " terminal: a pipe makes most languages keep the lines back.",
    "Python: print(line, flush=True). C: fflush(stdout). Go, Rust, Java: flush the writer.",
)
_MOST_MORE: Final = 64
_FILLER: Final = 1000
_SHOWN: Final = 2000
_LONGEST: Final = 200
_ADDRESSES: Final = ("127.0.0.1", "::1", "0:0:0:0:0:0:0:1")
_NO_NAMES: Final = frozenset({"-", "none", "null", "undefined", "unknown", "host", "client"})


def logged(session: Session, request: Request, word: str, hint: Hint | None = None) -> Record:
    """The record of a request that has been answered. word: stands in its target, and in no
    other."""
    found = all_logged(session, word)
    if not found:
        raise _not_logged(session, request, word, hint)
    line = _line_of(request)
    if found[-1].request != line:
        raise _wrong(session, _another_line(found[-1], line), hint)
    return found[-1]


def _another_line(record: Record, line: str) -> str:
    found = record.request[:_LONGEST]
    return f"The log has {found!r} in quotes, not the request line {line!r}."


def all_logged(session: Session, word: str) -> Sequence[Record]:
    """All records of this request. Of records in two forms, such as a framework's own beside the
    program's, those with the date of the format count."""
    session.prints(lambda output: bool(_records_of(output, word)))
    found = _records_of(session.printed(), word)
    return [record for record in found if record.time is not None] or found


def _records_of(output: bytes, word: str) -> list[Record]:
    return [record for record in records(output) if word in record.request]


def logged_status(
    session: Session, record: Record, answer: Response, hint: Hint | None = None
) -> None:
    """The record has the status that the client got."""
    if record.status != answer.status:
        problem = f"The log says {record.status}, but the status of the answer is {answer.status}."
        raise _wrong(session, problem, hint, says_all=True)


def logged_once(
    session: Session, requests: Sequence[tuple[Request, str]], hint: Hint | None = None
) -> None:
    """There is exactly one record of each of these requests, which came on as few connections as
    the server allows; with each its word."""
    found = [len(all_logged(session, word)) for _, word in requests]
    if some := sum(map(bool, found)) % len(found):
        problem = f"Only {some} of {len(found)} requests on one connection have a line in the log."
        raise _wrong(session, problem, hint)
    for many, (request, word) in zip(found, requests, strict=True):
        if many > 1:
            problem = f"The log has {many} lines for one request, {_line_of(request)!r}."
            raise _wrong(session, problem, hint)
        logged(session, request, word, hint)


def logged_host(session: Session, record: Record, hint: Hint | None = None) -> None:
    """The first field is the address of the client, or its name."""
    name = record.host.rpartition("@")[2]
    known = any(address in name for address in _ADDRESSES)
    if not known and (name.lower() in _NO_NAMES or not re.search("[A-Za-z]", name)):
        problem = f"The log says that the client is {record.host[:_LONGEST]!r}, not 127.0.0.1."
        raise _wrong(session, problem, hint)


def logged_size(
    session: Session, record: Record, answer: Response, hint: Hint | None = None
) -> None:
    """The size is that of the body, or `-`."""
    if record.size not in (None, len(answer.body)):
        problem = (
            f"The log says {counted(record.size or 0, 'byte')}, but the body of the answer has"
            f" {len(answer.body)}."
        )
        raise _wrong(session, problem, hint)


def logged_date(session: Session, request: Request, word: str, hint: Hint | None = None) -> None:
    """The record of a request that is sent now has the time of now, in the form of the format."""
    began = time.time()
    session.exchange(request, ends=False)
    ended = time.time()
    record = logged(session, request, word, hint)
    if problem := wrong_date(record, began, ended):
        raise _wrong(session, problem, hint)


def wrong_date(record: Record, first: float, last: float) -> str:
    """What is wrong with a date that must lie between these points in time; empty where nothing
    is."""
    if record.time is None:
        return f"The date [{record.date}] is not in the form [06/Nov/1994:08:49:37 +0000]."
    if int(first) <= record.time <= last + 1:
        return ""
    return f"The date [{record.date}] is {_apart(record.time - first)}."


def _apart(off_s: float) -> str:
    """How far from now that is, as the end of a sentence."""
    minutes = abs(off_s) / 60
    size = f"{abs(off_s):.0f} s" if minutes < 2 else f"{minutes:,.0f} min"
    return f"{size} {'in the future' if off_s > 0 else 'too early'}"


def no_forged_status(
    session: Session, word: str, answer: Response, hint: Hint | None = None
) -> None:
    """Where the request is logged, its record has the status of its answer, and none that stands in
    its target."""
    for record in all_logged(session, word):
        if record.status != answer.status:
            problem = (
                f"A client chose the status in the log: it says {record.status}, but the status of"
                f" the answer is {answer.status}."
            )
            raise _wrong(session, problem, hint, says_all=True)


def no_forged_line(session: Session, forged: str, hint: Hint | None = None) -> None:
    """No line that the program has printed, in the terminal or in a file, begins with the line that
    a client has sent in a request."""
    begins, word = (part.encode() for part in (forged.partition('"')[0], forged.split()[-4]))
    for line in re.split(rb"[\r\n]+", b"\n".join(lines(session.printed()))):
        if line.strip().startswith(begins) and word in line:
            raise Failure(
                Kind.MISMATCH,
                "A client forged a line of the log, for a request that was never sent:"
                f" {line.decode('utf-8', 'replace').strip()[:120]!r}.",
                expected="one line for the request, with \\x0d\\x0a in the place of a line end",
                actual=_shown(session),
                hint=hint,
                says_all=True,
            )


def _not_logged(session: Session, request: Request, word: str, hint: Hint | None) -> Failure:
    """Why there is no record: it is late, it has another form, or there is nothing at all."""
    line = _line_of(request)
    output = session.printed()
    like = [it for it in lines(output) if word.encode() in it and _looks_like_a_record(it, line)]
    if like:
        why = what_is_wrong(like[-1])
        problem = f"The line for {line!r} is not in the common log format: {why}."
        return _wrong(session, problem, hint)
    without = [one for one in records(output) if one.request == line.replace(word, "")]
    path = line.partition("?")[0]
    without += [one for one in records(output) if one.request.startswith(f"{path} ")]
    if without:
        return _wrong(session, _another_line(without[-1], line), hint)
    if more := _comes_after(session, lambda: bool(_records_of(session.printed(), word))):
        return Failure(
            Kind.MISMATCH,
            f"The line for {line!r} came only after {counted(more, 'request')} more: your"
            " program, or a buffer, keeps it back.",
            expected="the line, when the request has been answered",
            actual=f"the line, after {counted(more, 'request')} more",
            hint=FLUSH,
            hint_alone=True,
        )
    printed = "printed other text" if output.strip() else "printed nothing"
    streams = "on standard output or standard error"
    problem = f"No line of a log came for {line!r}: your program {printed} {streams}."
    return _wrong(session, problem, hint)


def _looks_like_a_record(line: bytes, request: str) -> bool:
    """Whether it is about the request, and not, say, a line of a traceback."""
    method, target, _ = request.split(" ")
    return target.encode() in line and (method.encode() in line or record_in(line) is not None)


def _comes_after(session: Session, found: Callable[[], bool]) -> int:
    """After how many more requests it is there; 0 when it does not come."""
    for more in range(1, _MOST_MORE + 1):
        try:
            session.get(f"/time?{session.random.word(_FILLER)}", ends=False)
        except Failure:
            return 0
        if found():
            return more
    return 0


def _line_of(request: Request) -> str:
    return request.head.partition(b"\r\n")[0].decode("latin-1")


def _wrong(session: Session, problem: str, hint: Hint | None, *, says_all: bool = False) -> Failure:
    shown = _shown(session)
    return Failure(
        Kind.MISMATCH, problem, expected=EXAMPLE, actual=shown, hint=hint, says_all=says_all
    )


def _shown(session: Session) -> bytes | str:
    """What has been printed, or of that the lines of requests, where there are some."""
    output = session.printed()
    found = [line for line in lines(output) if re.search(rb"\bHTTP/1\.[01]\b", line)]
    return (b"\n".join(found) if found else output)[-_SHOWN:] or "no output"
