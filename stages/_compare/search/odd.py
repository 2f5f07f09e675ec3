"""Strategies for odd conversations: what ordinary clients seldom do, and the ordinary request that
shows its harm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ..conversation import MOST_ASKS, Ask, Conversation, Leaving
from ..odd_rules import UNNAMED
from ..routes import (
    CHUNKED,
    CONCURRENCY,
    ECHO,
    FILES,
    GZIP,
    HEADERS,
    KEEP_ALIVE,
    MALFORMED,
    METHODS,
    OK,
    PATHS,
    Route,
    route_of,
)
from .odd_framing import chunks, framed, no_chunks, no_lengths, odd_lines
from .odd_requests import (
    UNNAMED_FILE,
    beyond_ascii,
    methods,
    ordinary_headers,
    queries,
    refused_methods,
    shell_names,
    targets,
    ways_out,
    with_bodies,
    without_length,
)
from .requests import agent_requests, coded_echoes, echoes, uploads
from .values import words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hypothesis.strategies import SearchStrategy

_FILE = ("a.txt", b"a file that is there")
_MOST_ODD = 6
_LEAST_POOL = 5  # as many clients as every server has to serve at once
_TIMES, _TIMES_ADVISED = 20, (100, 300, 500)


def odd_conversations(
    taught: Collection[str], *, strict: bool
) -> SearchStrategy[Conversation] | None:
    """An odd conversation within what these stages teach; None before any of them teaches one."""
    kinds: dict[str, list[SearchStrategy[Ask]]] = {
        PATHS: [targets(taught), queries(taught)],
        HEADERS: [beyond_ascii(), ordinary_headers(taught)],
        FILES: [ways_out(), shell_names(), without_length()],
        METHODS: [methods(), with_bodies()],
        MALFORMED: [no_lengths(), framed(), odd_lines(strict=strict)],
        CHUNKED: [chunks(), no_chunks(strict=strict)],
    }
    if strict and KEEP_ALIVE in taught:
        kinds[KEEP_ALIVE] = [with_bodies()]
    kept_alive = KEEP_ALIVE in taught
    found = [
        _followed(asks, taught, kept_alive=kept_alive)
        for slug, group in kinds.items()
        if slug in taught
        for asks in group
    ]
    if CONCURRENCY in taught:
        found += [_leaving(taught), *_at_once(taught, strict=strict)]
    if KEEP_ALIVE in taught:
        found += [_many(strict=strict), *([_uploads()] if FILES in taught else [])]
        # One of all kinds: each would make all the others seldom.
        found.append(st.one_of(_in_a_row(taught)))
    return st.one_of(found) if found else None


def _followed(
    asks: SearchStrategy[Ask], taught: Collection[str], *, kept_alive: bool
) -> SearchStrategy[Conversation]:
    """Odd requests, each on a connection of its own, and then an ordinary one. Once connections are
    kept, the first one may come behind an ordinary one, and the last one before it."""

    def made(odd: Sequence[Ask], first: Ask, last: Ask, behind: bool, joined: bool) -> Conversation:
        numbered = [replace(ask, connection=number) for number, ask in enumerate(odd, 1)]
        same = joined and numbered[-1].odd in (
            "with a body",
            "method",
            "chunks",
            "undecodable",
            "framed",
        )
        begun = (replace(first, connection=1),) if behind else ()
        return _with_files((*begun, *numbered, replace(last, connection=len(odd) + (not same))))

    some = st.lists(asks, min_size=2, max_size=_MOST_ODD)
    either = st.booleans() if kept_alive else st.just(False)
    return st.builds(made, some, plain(taught), plain(taught), either, either)


def _in_a_row(taught: Collection[str]) -> list[SearchStrategy[Conversation]]:
    """Requests of one kind one after the other on a connection, and an ordinary one behind them:
    what a server remembers of the first one, or does only once, shows in the next."""
    kinds = {
        ECHO: [echoes(taught)],
        HEADERS: [agent_requests(taught)],
        FILES: [uploads(taught)],
        GZIP: [coded_echoes(taught)],
        METHODS: [refused_methods()],
        CHUNKED: [chunks()],
    }
    last = plain(taught)
    return [
        st.builds(lambda some, one: _with_files((*some, one)), _several(kind), last)
        for slug, found in kinds.items()
        if slug in taught
        for kind in found
    ]


def _several(kind: SearchStrategy[Ask]) -> SearchStrategy[list[Ask]]:
    return st.lists(kind, min_size=2, max_size=5)


def _with_files(asks: Sequence[Ask]) -> Conversation:
    """The conversation with the files that it asks for."""
    reads = any(
        route_of(ask) is Route.FILE and ask.target.partition("?")[0] == "/files/a.txt"
        for ask in asks
    )
    files = (
        [_FILE]
        if reads and not any(ask.method == "POST" and "a.txt" in ask.target for ask in asks)
        else []
    )
    if any(ask.odd == "contained" for ask in asks):
        files.append((UNNAMED_FILE, UNNAMED))
    return Conversation(tuple(asks), tuple(files))


def plain(taught: Collection[str]) -> SearchStrategy[Ask]:
    """An ordinary request that has to be answered whatever came before it."""
    found: list[SearchStrategy[Ask]] = [st.just(Ask())] if OK in taught else []
    if ECHO in taught:
        found.append(words().map(lambda word: Ask(target=f"/echo/{word}")))
    if HEADERS in taught:
        found.append(
            words().map(lambda word: Ask(target="/user-agent", lines=(f"User-Agent: {word}",)))
        )
    return st.one_of(found)


def _leaving(taught: Collection[str]) -> SearchStrategy[Conversation]:
    """Clients that leave without their answers, and one that stays."""
    ways = st.sampled_from([way for way in Leaving if way is not Leaving.STAYS])

    def made(left: Sequence[tuple[Ask, Leaving]], last: Ask) -> Conversation:
        gone = [
            replace(ask, connection=number, leaves=way) for number, (ask, way) in enumerate(left, 1)
        ]
        return Conversation((*gone, replace(last, connection=len(gone) + 1)))

    return st.builds(
        made, st.lists(st.tuples(plain(taught), ways), min_size=1, max_size=6), plain(taught)
    )


def _at_once(taught: Collection[str], *, strict: bool) -> list[SearchStrategy[Conversation]]:
    """Clients that ask at the same time, each for something else: texts, and by advice headers and
    bodies, too."""
    most = MOST_ASKS if strict else _LEAST_POOL
    kinds = [words(20).map(lambda word: Ask(target=f"/echo/{word}"))]
    if strict and HEADERS in taught:
        kinds.append(
            words(20).map(
                lambda word: Ask(target="/user-agent", lines=("X-Client: 1", f"User-Agent: {word}"))
            )
        )
    if strict and FILES in taught:
        uploads = st.tuples(words(), st.binary(min_size=1, max_size=2000))
        kinds.append(uploads.map(lambda found: _upload(*found)))

    def made(asks: Sequence[Ask]) -> Conversation:
        return Conversation(
            tuple(replace(ask, connection=n) for n, ask in enumerate(asks, 1)), at_once=True
        )

    def unlike(kind: SearchStrategy[Ask]) -> SearchStrategy[list[Ask]]:
        return st.lists(
            kind, min_size=4, max_size=most, unique_by=lambda ask: (ask.target, ask.lines)
        )

    return [unlike(kind).map(made) for kind in kinds]


def _upload(name: str, body: bytes) -> Ask:
    """An upload whose body comes in two pieces behind the head."""
    cuts = tuple(sorted({0, len(body) // 2}))
    return Ask("POST", f"/files/{name}", (f"Content-Length: {len(body)}",), body, cuts=cuts)


def _uploads() -> SearchStrategy[Conversation]:
    """Uploads one after the other on one connection: what stays in the buffer spoils the next."""
    body = st.binary(min_size=1, max_size=100) | st.just(b"abc\r\n\r\n")
    one = st.builds(_upload, words(), body)
    return st.lists(one, min_size=2, max_size=4).map(lambda asks: Conversation(tuple(asks)))


def _many(*, strict: bool) -> SearchStrategy[Conversation]:
    """One connection for many requests."""
    times = st.sampled_from((_TIMES, *_TIMES_ADVISED)) if strict else st.just(_TIMES)
    return st.builds(
        lambda word, count: Conversation((Ask(target=f"/echo/{word}", times=count),)),
        words(),
        times,
    )
