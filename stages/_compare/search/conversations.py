"""Strategies for whole conversations: files, silent clients, and requests on connections of their
own or shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ..conversation import Ask, Conversation
from ..routes import CONCURRENCY, FILES, KEEP_ALIVE, Route, file_of, route_of
from .requests import requests
from .strict_requests import CLOSINGS, advised
from .values import contents, file_names

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hypothesis.strategies import SearchStrategy

_MOST_ASKS = 4
_MOST_ASKS_KEPT_ALIVE = 6
_HALF_A_REQUEST = b"GET / HTTP/1.1\r\nHos"


@dataclass(frozen=True, slots=True)
class _Part:
    """A request, and how it is to be placed among the others.

    known: the number of the file that it is about, where there are some; above 3 one of its own.
    slot: which of three connections it is sent on. closing: the header line about the connection,
    or "". old: it is of HTTP/1.0. joined: it is sent at once with the one before it, if that is on
    the same connection.
    """

    ask: Ask
    known: int
    slot: int
    closing: str
    old: bool
    joined: bool


def conversations(taught: Collection[str], *, strict: bool = False) -> SearchStrategy[Conversation]:
    """A conversation within what these stages teach: their required checks, and with `strict` also
    their advice."""
    kept_alive = KEEP_ALIVE in taught
    never, seldom = st.just(False), st.sampled_from([False, False, False, False, True])
    part = st.builds(
        _Part,
        advised(taught) if strict else requests(taught),
        st.integers(0, 5) if FILES in taught else st.just(0),
        st.integers(1, 3) if kept_alive else st.just(0),
        _closings(strict=strict) if kept_alive else st.just(""),
        seldom if kept_alive and strict else never,
        st.booleans() if kept_alive and strict else never,
    )
    return st.builds(
        partial(_assembled, kept_alive=kept_alive),
        st.lists(part, min_size=1, max_size=_MOST_ASKS_KEPT_ALIVE if kept_alive else _MOST_ASKS),
        st.dictionaries(file_names(), contents(), max_size=2) if FILES in taught else st.just({}),
        (
            st.lists(st.sampled_from([b"", _HALF_A_REQUEST]), max_size=2)
            if CONCURRENCY in taught
            else st.just([])
        ),
    )


def _closings(*, strict: bool) -> SearchStrategy[str]:
    """Mostly no line about the connection, sometimes one that changes nothing, sometimes one that
    asks for its end."""
    lines = CLOSINGS if strict else CLOSINGS[:1]
    return st.sampled_from(["", "", "", "Connection: keep-alive"]) | st.sampled_from(
        ["", "", *lines]
    )


def _assembled(
    parts: Sequence[_Part], files: Mapping[str, bytes], beside: Sequence[bytes], *, kept_alive: bool
) -> Conversation:
    names = dict.fromkeys(files)
    placed: list[_Part] = []
    for part in parts:
        ask = _about_known(part, list(names))
        if _is_upload(ask) and (name := file_of(ask)):
            names[name] = None
        placed.append(replace(part, ask=ask))
    asks = _shared(placed) if kept_alive else [part.ask for part in placed]
    numbered = (
        _numbered(asks)
        if kept_alive
        else [replace(ask, connection=n) for n, ask in enumerate(asks, 1)]
    )
    used = {
        name: content
        for name, content in files.items()
        if any(file_of(ask) == name for ask in numbered)
    }
    return Conversation(tuple(numbered), tuple(sorted(used.items())), tuple(beside))


def _is_upload(ask: Ask) -> bool:
    return ask.method == "POST" and route_of(ask) is Route.FILE


def _about_known(part: _Part, names: Sequence[str]) -> Ask:
    """The request about a file that exists, if it is to be and there is one."""
    plain = [name for name in names if " " not in name]
    if part.known > 3 or not plain or route_of(part.ask) is not Route.FILE:
        return part.ask
    ask = replace(part.ask, target=f"/files/{plain[part.known % len(plain)]}")
    return replace(ask, cuts=tuple(cut for cut in ask.cuts if cut > -len(ask.head(""))))


def _shared(parts: Sequence[_Part]) -> list[Ask]:
    """The requests on up to three connections at a time; whoever says close is the last one on its
    connection, and so is who may be refused."""
    numbers = {slot: slot for slot in (1, 2, 3)}
    placed: list[Ask] = []
    for part in parts:
        outside = route_of(part.ask) is Route.OUTSIDE
        line = (part.closing,) if part.closing and not outside else ()
        version = "HTTP/1.0" if part.old and not line and not outside else part.ask.version
        ask = replace(
            part.ask, connection=numbers[part.slot], lines=(*part.ask.lines, *line), version=version
        )
        before = placed[-1] if placed else None
        if part.joined and before and before.connection == ask.connection:
            placed[-1] = replace(before, cuts=())
            ask = replace(ask, cuts=(), joined=True)
        placed.append(ask)
        if ask.wants_close or outside:
            numbers[part.slot] = max(numbers.values()) + 1
    return placed


def _numbered(asks: Sequence[Ask]) -> list[Ask]:
    """The same, with connections counted from 1 in the order of their first requests."""
    order = {
        number: index
        for index, number in enumerate(dict.fromkeys(ask.connection for ask in asks), 1)
    }
    return [replace(ask, connection=order[ask.connection]) for ask in asks]
