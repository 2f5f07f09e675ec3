"""What a stage's answers have to share with the reference's, and what each server is free to
choose. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.http1.wire import members

from .conversation import Ask, Conversation, Leaving
from .coverage import is_covered
from .expectation import After, Ends, Expectation
from .odd_rules import RULES
from .routes import (
    CONCURRENCY,
    FILES,
    GZIP,
    KEEP_ALIVE,
    OK,
    Route,
    file_of,
    route_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection

_WEIGHT = re.compile(r"\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?", re.IGNORECASE)


def needed(conversation: Conversation, field: str = "") -> frozenset[str]:
    """The slugs of the stages that teach what this conversation asks for, and what is needed to
    judge a difference in this field."""
    routes = {Route.OUTSIDE: FILES, Route.OTHER: OK}
    slugs = {routes.get(route, route.value) for route in map(route_of, conversation.asks)}
    slugs |= {slug for ask in conversation.asks if ask.odd for slug in RULES[ask.odd].stages}
    connections = [ask.connection for ask in conversation.asks]
    if any(ask.values("Accept-Encoding") for ask in conversation.asks):
        slugs.add(GZIP)
    if (
        conversation.beside
        or conversation.at_once
        or any(ask.leaves.value for ask in conversation.asks)
    ):
        slugs.add(CONCURRENCY)
    if len(set(connections)) < len(connections) or any(
        ask.values("Connection") or ask.times > 1 for ask in conversation.asks if not ask.odd
    ):
        slugs.add(KEEP_ALIVE)
    slugs |= {"coding": {GZIP}, "connection": {KEEP_ALIVE}}.get(field, set())
    return frozenset(slugs)


def expectations_of(
    conversation: Conversation, taught: Collection[str], *, strict: bool
) -> tuple[Expectation, ...]:
    """The law of each request in turn, for a server that was taught these stages."""
    laws = []
    heard: list[bytes] = []
    for ask in conversation.asks:
        laws.append(_any_law(ask, taught, strict, tuple(heard)))
        heard += [value.encode("latin-1") for value in ask.values("User-Agent") if len(value) >= 4]
    return tuple(laws)


def _any_law(
    ask: Ask, taught: Collection[str], strict: bool, heard: tuple[bytes, ...]
) -> Expectation:
    """The law of a request: of an odd one its rule's. Who does not read is owed no answer."""
    if ask.leaves is not Leaving.STAYS:
        return Expectation(answer=False)
    if ask.odd and not RULES[ask.odd].stages <= frozenset(taught):
        return Expectation(answer=False)
    if ask.odd:
        return RULES[ask.odd].law(ask, lambda plain: _law(plain, taught, strict, heard), strict)
    law = _law(ask, taught, strict, heard)
    return replace(law, after=After.FREE) if ask.times > 1 else law


def _law(ask: Ask, taught: Collection[str], strict: bool, heard: tuple[bytes, ...]) -> Expectation:
    route = route_of(ask)
    if route is Route.OUTSIDE:
        return Expectation(answer=False, secret=FILES in taught)
    if (
        route is Route.OTHER
        or route.value not in taught
        or not is_covered(ask, taught, strict=strict)
    ):
        return Expectation()
    after = _after(ask, taught)
    content = route in (Route.TEXT, Route.AGENT, Route.FILE)
    ends = _ends(route, after, strict)
    law = Expectation(status=True, content=content, ends=ends, after=after, strict=strict)
    return _special(ask, route, law, taught, heard)


def _special(
    ask: Ask, route: Route, law: Expectation, taught: Collection[str], heard: tuple[bytes, ...]
) -> Expectation:
    """The law with what belongs to this route alone."""
    if ask.method == "HEAD":
        return replace(law, status=False, content=False)
    if route is Route.AGENT and not ask.values("User-Agent"):
        return replace(law, statuses=(200, 204, 400, 404), content=False, unheard=heard)
    if route is Route.AGENT and not all(
        value.isascii() and value for value in ask.values("User-Agent")
    ):
        return Expectation(after=After.FREE)
    if route is Route.FILE and ask.method == "POST":
        return replace(law, content=False, stored=file_of(ask))
    if route is Route.TEXT:
        sent = ask.target.partition("?")[0].removeprefix("/echo/")
        codings = codings_for(ask) if GZIP in taught else None
        return replace(
            law, bodies=(sent.encode("latin-1"),) if "%" in sent else (), codings=codings
        )
    return replace(law, decodes=bool(ask.values("Accept-Encoding")) and GZIP in taught)


def _after(ask: Ask, taught: Collection[str]) -> After:
    if KEEP_ALIVE not in taught:
        return After.FREE
    return After.CLOSED if ask.wants_close else After.OPEN


def _ends(route: Route, after: After, strict: bool) -> Ends:
    if after is After.OPEN:
        return Ends.BY_HEAD
    if strict or after is After.CLOSED or route in (Route.TEXT, Route.AGENT):
        return Ends.TOLD
    return Ends.FREE


def codings_for(ask: Ask) -> frozenset[str] | None:
    """The codings that the body of a text may have: gzip where the client asks for it, deflate
    where that is wanted as much or more, none where it asks for neither; None where the list is not
    one that a stage teaches.

    RFC 9110 12.5.3. Whoever knows gzip alone is right to send it, or nothing where only deflate is
    asked for.
    """
    weights = _weights(",".join(ask.values("Accept-Encoding")))
    if weights is None or weights.get("*", 0.0) > 0 or len(ask.values("Accept-Encoding")) > 1:
        return None  # what * stands for, each server knows by itself
    known = {name: weights.get(name, 0.0) for name in ("gzip", "deflate", "identity")}
    best = max(known.values())
    allowed = {name for name, weight in known.items() if weight == best and best > 0}
    if "gzip" not in allowed and "identity" not in allowed:
        allowed.add("gzip" if known["gzip"] > 0 else "identity")
    return frozenset(allowed)


def _weights(listed: str) -> dict[str, float] | None:
    weights: dict[str, float] = {}
    for item in members(listed.lower()):
        name, semicolon, rest = item.partition(";")
        match = _WEIGHT.fullmatch(semicolon + rest)
        if match is None:
            return None
        weights[name.strip(" \t")] = float(match[1]) if match[1] else 1.0
    return weights
