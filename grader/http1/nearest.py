"""The nearest request that this run has answered rightly, in the words of HTTP. Pure.

What was asked is looked at by its aspects (method, route, headers, how it was sent, how the program
was launched) and its texts (the rest of the path, values, bodies); `diagnosis.nearest` says which
of them makes the difference.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.check.failure import Kind
from grader.check.transcript import Direction
from grader.diagnosis.nearest import Asked, Difference, nearest
from grader.diagnosis.source_line import shown
from grader.http1.recognise.exchanges import Exchange, exchanges_in
from grader.http1.recognise.wrong import headers_of
from grader.http1.wire import request_line
from grader.text.sentence import sentences
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from grader.check.failure import Failure
    from grader.check.past import Arguments, Past
    from grader.check.transcript import Entry
    from grader.http1.recognise import WrongBytes, WrongStatus
    from grader.http1.wire import Response

_LONGEST_NAME: Final = 40
_HEADER: Final = "header "
_CONTENT, _BODY, _TEXT, _QUERY = "content", "body", "text", "query"
_LAUNCH, _METHOD, _ROUTE, _VERSION = "launch", "method", "route", "version"
_PIECES, _LATER, _OTHERS = "pieces", "later", "others"
_HOW: Final = frozenset({_LAUNCH, _PIECES, _LATER, _OTHERS})
_EMPTY: Final = "no byte"
_SAYS_WHY: Final = re.compile(r" raised | SIGABRT\b")  # memory was damaged before
_NO_ANSWER: Final = frozenset({Kind.SILENCE, Kind.CLOSED, Kind.EXIT})
_LENGTH: Final = f"{_HEADER}content-length"
_NEVER_RANDOM: Final = frozenset({b"host", b"content-length"})
_NOUNS: Final = {
    _CONTENT: "file", _BODY: "body", _TEXT: "path", _QUERY: "query string",
}  # fmt: skip


class _Sought(Value, frozen=True):
    """at: what went wrong. right: whether an exchange went well. was: how that is said. content:
    what the file has that is asked for, where that is known. free: which path it is means nothing.
    refused: the request has to be rejected. said_invalid: it was said to be an invalid one."""

    at: Exchange
    right: Callable[[Exchange], bool]
    was: str
    content: bytes | None = None
    free: bool = False
    refused: bool = False
    said_invalid: bool = False


def with_nearest(failure: WrongStatus, entries: Sequence[Entry], past: Past) -> WrongStatus:
    """The failure, which also says which request was answered rightly, and what differs from it,
    where that is certain."""
    wanted, status = failure.wanted, failure.response.status
    here = _all_in(entries)
    at = next((one for one in here if _is_of(one, failure.response)), None)
    if at is None:
        return failure
    sought = _Sought(
        at,
        lambda one: one.response is not None and one.response.status in wanted,
        str(wanted[0]) if len(wanted) == 1 else "answered rightly",
        failure.content if failure.content and failure.content not in at.request else None,
        free=min(wanted) >= 400,
        refused=min(wanted) >= 400 and wanted != (404,),
        said_invalid=status != 404,
    )
    failure.summary = sentences(failure.summary, _sentence(sought, here, past))
    return failure


def with_nearest_text(failure: WrongBytes, entries: Sequence[Entry], past: Past) -> WrongBytes:
    """The same for a body that is not the text of the request that it should be, where nothing is
    known of what it is instead."""
    here, response = _all_in(entries), failure.response
    at = next((one for one in here if response is not None and _is_of(one, response)), None)
    if at is None or (part := _part_of(at.request, failure.wanted)) is None:
        return failure
    if failure.found and any(one.body == failure.found for one in here if one is not at):
        return failure  # it is the answer to another request, whatever was asked
    sought = _Sought(at, lambda one: _is_echo(one, part), "answered rightly")
    failure.summary = sentences(failure.summary, _sentence(sought, here, past))
    return failure


def with_nearest_answer(failure: Failure, entries: Sequence[Entry], past: Past) -> Failure:
    """The same for the one request of a check that got no answer, where no exception says why."""
    here = _all_in(entries)
    silent = [one for one in here if one.response is None]
    if failure.kind not in _NO_ANSWER or len(silent) != 1:
        return failure
    if failure.cause or _SAYS_WHY.search(failure.summary):
        return failure
    if _left_early(entries, silent[0].connection):
        return failure  # what such clients have left behind may be the cause
    free = request_line(silent[0].request).target.count(b"/") == 1  # drawn, or as good as that
    sought = _Sought(silent[0], lambda one: one.response is not None, "answered", free=free)
    failure.summary = sentences(
        failure.summary, _sentence(sought, here, past, none={_LATER, _EMPTY})
    )
    return failure


def _sentence(
    sought: _Sought, here: Sequence[Exchange], past: Past, *, none: Collection[str] = ()
) -> str:
    """none: aspects and traits of which nothing is said."""
    known, passed = sought.content is not None, list(_passed(past))
    if here.index(sought.at) > len(passed):
        return ""  # it may be the number of requests that makes the difference
    right = [
        (arguments, one)
        for arguments, one in (*passed, *((past.arguments, one) for one in here))
        if one is not sought.at and sought.right(one)
    ]
    rightly = [
        _asked(one, arguments, free=sought.free, content=one.body if known else None)
        for arguments, one in right
    ]
    asked = _asked(sought.at, past.arguments, free=sought.free, content=sought.content)
    if (found := nearest(asked, rightly)) is None or {found.name, *found.traits} & {*none}:
        return ""
    if found.name == _LATER and any(_came_first(sought.at, one) for _, one in right):
        return f"the same request was {sought.was} when it came first on its connection"
    return _said(found, asked, sought)


def _came_first(at: Exchange, other: Exchange) -> bool:
    """Whether the other is the same request, byte for byte, and the first of its connection."""
    return at.index > 0 and other.index == 0 and other.request == at.request


def _left_early(entries: Sequence[Entry], at: int) -> bool:
    """Whether a client on another connection has left without an answer."""
    came = {it.connection for it in entries if it.direction is Direction.RECEIVED}
    return any(
        it.direction in (Direction.CLOSED, Direction.RESET)
        and it.by == "grader"
        and it.connection not in {*came, at}
        for it in entries
    )


def _all_in(entries: Sequence[Entry]) -> list[Exchange]:
    return [one for pairs in exchanges_in(entries).values() for one in pairs]


def _is_of(one: Exchange, response: Response) -> bool:
    return (one.connection, one.index) == (response.connection, response.index)


def _part_of(request: bytes, text: bytes) -> str | None:
    """Which part of a request this text is: the rest of its path, or the value of a header."""
    if not text:
        return None
    if text == _parted(request_line(request).target, free=False)[1]:
        return _TEXT
    names = (name for name, value in headers_of(request) if value == text)
    return next((_HEADER + name.decode("latin-1").lower() for name in names), None)


def _is_echo(one: Exchange, part: str) -> bool:
    """Whether the body of the answer is this part of its request."""
    return one.response is not None and _part_of(one.request, one.body) == part


def _passed(past: Past) -> Iterator[tuple[Arguments, Exchange]]:
    for check in past.passed:
        for one in _all_in(check.entries):
            yield check.arguments, one


# --- what was asked -------------------------------------------------------------------------------


def _asked(one: Exchange, arguments: Arguments, *, free: bool, content: bytes | None) -> Asked:
    """free: the whole path is a text, for it has no route. content: what the file has that is asked
    for, where that is known."""
    line = request_line(one.request)
    path, mark, query = line.target.partition(b"?")
    route, text = _parted(path, free=free)
    body = one.request.partition(b"\r\n\r\n")[2]
    headers = headers_of(one.request)
    has_length = any(name.lower() == b"content-length" for name, _ in headers)
    aspects: dict[str, object] = {
        _LAUNCH: arguments, _METHOD: line.method, _ROUTE: route,
        _VERSION: line.version,
        _QUERY: bool(mark), _BODY: bool(body) and not has_length,
        _PIECES: one.pieces > 1, _LATER: one.index > 0, _OTHERS: not one.alone,
    }  # fmt: skip
    texts = {_TEXT: text} | ({_QUERY: query} if mark else {})
    # what is in chunks says nothing of itself: sizes are between its bytes
    if body and not any(name.lower() == b"transfer-encoding" for name, _ in headers):
        texts[_BODY] = body
    for name, value in headers:
        aspects[_HEADER + name.decode("latin-1").lower()] = name
        if name.lower() not in _NEVER_RANDOM:
            texts[_HEADER + name.decode("latin-1").lower()] = value
    if content is not None:
        texts[_CONTENT] = content
    return Asked(_named(one), aspects, texts, one.cut)


def _parted(path: bytes, *, free: bool) -> tuple[bytes, bytes]:
    """The route and the text after it.

    >>> _parted(b"/echo/a/b", free=False), _parted(b"/user-agent", free=False)
    ((b'/echo/', b'a/b'), (b'/user-agent', b''))
    """
    if free:
        return b"/", path[1:]
    first, slash, rest = path[1:].partition(b"/")
    return b"/" + first + slash, rest


def _named(one: Exchange) -> str:
    words = request_line(one.request)[:2]
    return shown(b" ".join(words).decode("latin-1"), _LONGEST_NAME)


# --- what is said ---------------------------------------------------------------------------------


def _said(found: Difference, asked: Asked, sought: _Sought) -> str:
    """The sentence; empty where the difference is none that helps."""
    was = f"{found.near.named} was {sought.was}"
    if sought.refused and found.name not in _HOW:
        return ""  # each request that has to be rejected is wrong in its own way
    if found.traits or found.longer:
        return f"{was}; {_noun(found, asked)} {_has(found, asked)}"
    return _aspect(found, asked, was, sought)


def _noun(found: Difference, asked: Asked) -> str:
    if found.name.startswith(_HEADER):
        return f"this {_spelled(asked.aspects[found.name])}"
    return f"this {_NOUNS[found.name]}"


def _has(found: Difference, asked: Asked) -> str:
    size = f"{len(asked.texts[found.name]):,} bytes"
    if not found.traits:
        return f"has {size}"
    what = " and ".join(found.traits).replace("no byte", "no bytes")
    return f"has {what}" + (f", and is longer ({size})" if found.longer else "")


def _aspect(found: Difference, asked: Asked, was: str, sought: _Sought) -> str:
    here, there = asked.aspects.get(found.name), found.near.aspects.get(found.name)
    if found.name == _LENGTH and there is None and asked.texts.get(_BODY):
        return f"without a body, {was}"
    if found.name.startswith(_HEADER):
        return _header(_spelled(here), _spelled(there), was)
    told = {
        _LAUNCH: _launch(asked, found.near, was),
        _QUERY: f"without a query string, {was}" if here else "",
        _BODY: f"without a body, {was}" if here else "",
        _PIECES: f"sent in one piece, {was}" if here else "",
        _LATER: f"as the first request on its connection, {was}" if here else "",
        _OTHERS: f"while no other connection was open, {was}" if here else "",
        _ROUTE: f"{was} with the same headers" if sought.said_invalid else "",
        _METHOD: was,
    }
    return told.get(found.name, "")


def _header(here: str, there: str, was: str) -> str:
    if here and there:
        return f"with {there} in place of {here}, {was}"
    return f"without {here}, {was}" if here else f"with {there}, {was}"


def _spelled(name: object) -> str:
    """The name of a header as it was sent; empty where it was not."""
    return shown(name.decode("latin-1")) if isinstance(name, bytes) else ""


def _launch(asked: Asked, near: Asked, was: str) -> str:
    here, there = (_words(one.aspects.get(_LAUNCH)) for one in (asked, near))
    if not there:
        return f"without `{' '.join(here)}`, {was}"
    return f"with `{' '.join(there)}`, {was}" if not here else ""


def _words(arguments: object) -> list[str]:
    """As a learner writes them: without what stands for a directory."""
    words = arguments if isinstance(arguments, tuple) else ()
    return [word for word in map(str, words) if not word.startswith("{")]
