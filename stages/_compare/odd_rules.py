"""How odd requests are judged, which no stage's ordinary client sends: a rule for each kind of
them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .conversation import Ask
from .expectation import After, Expectation
from .routes import (
    CHUNKED,
    ECHO,
    FILES,
    HEADERS,
    KEEP_ALIVE,
    MALFORMED,
    METHODS,
    PATHS,
    Route,
    file_of,
    route_of,
)

EVIL = b"evil"
"""What stands only where nothing may be read from."""

UNNAMED = b"no name leads here: 6174"
"""What a file holds whose name only a shell would make of what is asked for."""

HIDDEN = "X-Evil"
"""The header that an encoded line end would make."""

SERVED, ROOT = b"{served}", b"{root}"
"""In the target of a request that would lead out: the name of the served directory, and the path
above it."""

SIBLING = "-old"
"""What follows the name of the served directory in that of one next to it."""

_OFFERED = ("upgrade: h2c", "http2-settings")
_CONDITIONS = {
    "range": (206, 416),
    "if-range": (206, 416),
    "if-none-match": (304, 412),
    "if-modified-since": (304,),
    "if-match": (412,),
    "if-unmodified-since": (412,),
}

_TAUGHT_METHODS = frozenset({"GET", "HEAD", "POST"})

Ordinary = Callable[[Ask], Expectation]


@dataclass(frozen=True, slots=True)
class OddRule:
    """What is demanded of the answer to one kind of odd request.

    stages: the slugs of those that teach it, beside its route's. law: from the request, what an
    ordinary request would have to get, and whether advice counts.
    """

    stages: frozenset[str]
    law: Callable[[Ask, Ordinary, bool], Expectation]


def plain(ask: Ask, *without: str) -> Ask:
    """The ordinary request that is left without a query and without these header lines."""
    lines = tuple(line for line in ask.lines if line.partition(":")[0].lower() not in without)
    return replace(ask, odd="", target=ask.target.partition("?")[0], lines=lines)


def _survived(_ask: Ask, _ordinary: Ordinary, strict: bool) -> Expectation:
    """The program lives, and serves others. That there is an answer is advice."""
    return Expectation(answer=strict, whole=True)


def _query(ask: Ask, ordinary: Ordinary, strict: bool) -> Expectation:
    """The query is no part of the name: advice."""
    return ordinary(plain(ask)) if strict else Expectation(answer=False)


def _beyond_ascii(_ask: Ask, _ordinary: Ordinary, strict: bool) -> Expectation:
    """A value with bytes of 80-FF comes back: advice."""
    return Expectation(status=True, content=True) if strict else Expectation(answer=False)


def _contained(_ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    """Nothing outside of the directory is read or written, and no shell reads a name."""
    return Expectation(answer=False, secret=True, unheard=(UNNAMED,), whole=True)


def _without_length(_ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    return Expectation()


def _with_body(_ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    """Whatever the answer is, the body is no request: the next one shows it."""
    return Expectation()


def _ordinary_headers(ask: Ask, ordinary: Ordinary, _strict: bool) -> Expectation:
    """The headers are ignored; of a file the server may send a part, or "not changed"."""
    names = [line.partition(":")[0].lower() for line in ask.lines]
    allowed = [101] if any(line.lower().startswith(_OFFERED) for line in ask.lines) else []
    if route_of(ask) is Route.FILE:
        allowed += [status for name in names for status in _CONDITIONS.get(name, ())]
    others = [
        name for name in names if name not in ("user-agent", "accept-encoding", "content-length")
    ]
    return replace(ordinary(plain(ask, *others)), statuses=tuple(allowed), after=After.FREE)


def _method(ask: Ask, _ordinary: Ordinary, strict: bool) -> Expectation:
    """HEAD is GET without its body; what a path does not have is refused, and does nothing."""
    if ask.method == "HEAD":
        return Expectation(status=True, length=route_of(ask) in (Route.TEXT, Route.FILE))
    stored = file_of(ask) if route_of(ask) is Route.FILE else None
    required = frozenset() if ask.method == "OPTIONS" else frozenset({"GET"})
    allow = _TAUGHT_METHODS if strict else required
    return Expectation(agrees=ask.method != "OPTIONS" or strict, stored=stored, allow=allow)


def _framed(ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    """What frames nothing is not read as a length."""
    stored = file_of(ask) if route_of(ask) is Route.FILE else None
    odd_line = any(
        "\r" in text or "\0" in text or text.startswith((" ", "\t")) for text in ask.lines
    )
    lenient = odd_line or "\r\n" in ask.version
    return Expectation(
        agrees=True,
        refusable=lenient,
        lenient=lenient,
        stored=stored,
        body=ask.body,
        unheard=(EVIL,),
    )


def _refused(ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    """A request whose end nobody can know is refused, and the connection closed."""
    return Expectation(agrees=True, stored=file_of(ask), after=After.CLOSED)


def _no_chunks(ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    return Expectation(agrees=True, closable=True, stored=file_of(ask), after=After.CLOSED)


def _chunks(ask: Ask, _ordinary: Ordinary, _strict: bool) -> Expectation:
    """Chunks are decoded, or refused; what are no chunks is refused, and not stored."""
    law = Expectation(agrees=True, refusable=True, closable=True, unheard=(EVIL,))
    if route_of(ask) is Route.FILE:
        return replace(law, stored=file_of(ask))
    # a header that is missing may be answered in every way
    return replace(law, lenient=True, statuses=(200, 204))


RULES: Mapping[str, OddRule] = {
    "survived": OddRule(frozenset({PATHS}), _survived),
    "undecodable": OddRule(frozenset({ECHO}), _survived),
    "query": OddRule(frozenset({PATHS}), _query),
    "beyond ASCII": OddRule(frozenset({HEADERS}), _beyond_ascii),
    "ordinary headers": OddRule(frozenset({HEADERS}), _ordinary_headers),
    "contained": OddRule(frozenset({FILES}), _contained),
    "without length": OddRule(frozenset({FILES}), _without_length),
    "with a body": OddRule(frozenset({KEEP_ALIVE}), _with_body),
    "method": OddRule(frozenset({METHODS}), _method),
    "framed": OddRule(frozenset({MALFORMED, FILES}), _framed),
    "no length": OddRule(frozenset({MALFORMED, FILES}), _refused),
    "chunks": OddRule(frozenset({CHUNKED, FILES}), _chunks),
    "no chunks": OddRule(frozenset({CHUNKED, FILES}), _no_chunks),
}
"""The rules by name."""
