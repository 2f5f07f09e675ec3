"""Smaller conversations, and longer ones: what may still show the same difference. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..conversation import MOST_ASKS, Ask, Conversation, faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROUTES = ("/echo/", "/files/", "/")


def preceded(earlier: Sequence[Conversation], last: Conversation) -> Conversation | None:
    """The last conversation with the requests of earlier ones before its own, as many as can be;
    None where that is no conversation."""
    before = [
        ask
        for number, conversation in enumerate(earlier, 1)
        for ask in _apart(number, conversation.asks)
    ]
    kept = before[len(before) - max(0, MOST_ASKS - len(last.asks)) :]
    files = dict(file for conversation in (*earlier, last) for file in conversation.files)
    beside = [data for conversation in (*earlier, last) for data in conversation.beside][-4:]
    merged = _tidy(
        Conversation((*kept, *last.asks), tuple(sorted(files.items())[:8]), tuple(beside))
    )
    return merged if kept and not any(faults(merged)) else None


def _apart(number: int, asks: Sequence[Ask]) -> Iterator[Ask]:
    """The requests of one conversation on connections that no other one uses, for as long as they
    are not counted."""
    yield from (replace(ask, connection=-100 * number - ask.connection) for ask in asks)


def smaller(conversation: Conversation) -> Iterator[Conversation]:
    """Conversations that can be had and are smaller, the boldest first."""
    seen = {conversation}
    for candidate in _candidates(conversation):
        tidy = _tidy(candidate)
        if tidy not in seen and tidy.size < conversation.size and not any(faults(tidy)):
            seen.add(tidy)
            yield tidy


def _candidates(conversation: Conversation) -> Iterator[Conversation]:
    asks = conversation.asks
    yield from (replace(conversation, asks=(ask,)) for ask in asks)
    yield from (replace(conversation, asks=asks[:i] + asks[i + 1 :]) for i in range(len(asks)))
    yield replace(conversation, beside=())
    yield replace(conversation, beside=conversation.beside[:1])
    if conversation.at_once:
        yield replace(conversation, at_once=False)
    yield replace(conversation, files=())
    yield from (replace(conversation, files=(file,)) for file in conversation.files)
    if not conversation.at_once:
        yield replace(conversation, asks=tuple(replace(ask, connection=1) for ask in asks))
    for index, ask in enumerate(asks):
        for simpler in _simpler(ask):
            yield replace(conversation, asks=(*asks[:index], simpler, *asks[index + 1 :]))
    yield from _shorter_files(conversation)
    yield from _renamed(conversation)


def _tidy(conversation: Conversation) -> Conversation:
    """The same with connections counted from 1, and nothing joined to what is not before it."""
    order: dict[int, int] = {}
    asks: list[Ask] = []
    for ask in conversation.asks:
        number = order.setdefault(ask.connection, len(order) + 1)
        joined = ask.joined and bool(asks) and asks[-1].connection == number
        asks.append(replace(ask, connection=number, joined=joined))
    return replace(conversation, asks=tuple(asks), at_once=conversation.at_once and len(asks) > 1)


def _simpler(ask: Ask) -> Iterator[Ask]:
    """The request without something: lines, cuts, a part of a text."""
    lines = ask.lines
    if ask.odd:
        yield from _simpler_odd(ask)
        return
    if ask.times > 1:
        yield from (
            replace(ask, times=times)
            for times in (1, ask.times // 2, ask.times * 3 // 4, ask.times - 1)
        )
    yield replace(
        ask, lines=tuple(line for line in lines if line.lower().startswith("content-length:"))
    )
    yield from (replace(ask, lines=lines[:i] + lines[i + 1 :]) for i in range(len(lines)))
    yield replace(ask, cuts=(), joined=False, blank_first=False)
    yield from (replace(ask, cuts=ask.cuts[:i] + ask.cuts[i + 1 :]) for i in range(len(ask.cuts)))
    yield replace(ask, joined=False)
    yield replace(ask, version="HTTP/1.1")
    yield from (_with_body(ask, ask.body[start:stop]) for start, stop in _parts(len(ask.body)))
    if ask.body:
        yield _with_body(ask, b"a" * len(ask.body[:1]))
    route = next(route for route in _ROUTES if ask.target.startswith(route))
    rest = ask.target[len(route) :]
    if route != "/files/":
        yield from (
            replace(ask, target=route + rest[start:stop]) for start, stop in _parts(len(rest))
        )
    for index, line in enumerate(lines):
        name, _, value = line.partition(":")
        if name.lower() != "content-length":
            for start, stop in _parts(len(value)):
                shorter = f"{name}: {value[start:stop].strip()}"
                yield replace(ask, lines=(*lines[:index], shorter, *lines[index + 1 :]))


def _simpler_odd(ask: Ask) -> Iterator[Ask]:
    """The odd request without a line, a cut, or a part of its path: its body, and what frames it,
    are left alone."""
    framing = ("content-length", "transfer-encoding")
    for index, line in enumerate(ask.lines):
        if not line.lower().startswith(framing):
            yield replace(ask, lines=ask.lines[:index] + ask.lines[index + 1 :])
    yield replace(ask, cuts=(), joined=False)
    route = next((route for route in _ROUTES if ask.target.startswith(route)), "/")
    rest = ask.target[len(route) :]
    if ask.odd in ("survived", "undecodable", "query"):
        yield from (
            replace(ask, target=route + rest[start:stop]) for start, stop in _parts(len(rest))
        )


def _with_body(ask: Ask, body: bytes) -> Ask:
    """The request with another body, and the length of that."""
    lines = tuple(
        (
            f"{line.partition(':')[0]}: {len(body)}"
            if line.lower().startswith("content-length:")
            else line
        )
        for line in ask.lines
    )
    cuts = tuple(cut for cut in ask.cuts if cut < max(len(body), 1))
    return replace(ask, lines=lines, body=body, cuts=cuts)


def _parts(size: int) -> Iterator[tuple[int, int]]:
    """Parts of a text of so many characters: halves, quarters, and of a short one all but one
    character."""
    length = size // 2
    while length:
        yield 0, length
        yield size - length, size
        length //= 2
    if size > 1:
        yield 0, size - 1
        yield 1, size
    if size == 1:
        yield 0, 0


def _shorter_files(conversation: Conversation) -> Iterator[Conversation]:
    files = conversation.files
    for index, (name, content) in enumerate(files):
        for start, stop in _parts(len(content)):
            yield replace(
                conversation,
                files=(*files[:index], (name, content[start:stop]), *files[index + 1 :]),
            )


def _renamed(conversation: Conversation) -> Iterator[Conversation]:
    """A file gets a shorter name, wherever it is named."""
    names = dict.fromkeys(
        ask.target.removeprefix("/files/") for ask in conversation.asks if _is_file(ask)
    )
    for name in names:
        for short in ("a", "b", "a.txt"):
            if short not in names:
                yield replace(
                    conversation,
                    asks=tuple(
                        (
                            replace(ask, target=f"/files/{short}")
                            if ask.target == f"/files/{name}"
                            else ask
                        )
                        for ask in conversation.asks
                    ),
                    files=tuple(
                        (short if found == name else found, content)
                        for found, content in conversation.files
                    ),
                )


def _is_file(ask: Ask) -> bool:
    name = ask.target.removeprefix("/files/")
    return ask.target.startswith("/files/") and "%" not in name and "/" not in name
