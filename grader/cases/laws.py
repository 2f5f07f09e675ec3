"""What a stage's answers have to share with the reference's, and what each server is free to choose. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import unquote_to_bytes

from grader.cases.conversation import Ask, Conversation
from grader.cases.domain import is_covered

OK, PATHS, ECHO, HEADERS = "ok", "paths", "echo", "headers"
CONCURRENCY, FILES, GZIP, KEEP_ALIVE = "concurrency", "files", "gzip", "keep-alive"
KNOWN = (OK, PATHS, ECHO, HEADERS, CONCURRENCY, FILES, GZIP, KEEP_ALIVE)
"""The stages whose requests are known here, by slug."""

SECRET_NAME = "secret.txt"
ESCAPED_NAME = "escaped.txt"
SECRET = b"nobody outside may read this: 6174"
_OUTSIDE = re.compile(r"\.\.|%2e|//|^/|%2f", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*")
_WEIGHT = re.compile(r"\s*(?:;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*)?", re.IGNORECASE)


class Route(Enum):
    """Where a request leads; `OTHER` is what no stage says anything about."""

    ROOT = OK
    UNKNOWN = PATHS
    TEXT = ECHO
    AGENT = HEADERS
    FILE = FILES
    OUTSIDE = "outside"
    OTHER = "other"


class Ends(Enum):
    """How the end of an answer has to be told (RFC 9112 6.3)."""

    FREE = "free"
    TOLD = "told"  # by a length, by chunks or by closing
    BY_HEAD = "by its head"  # another answer follows on the connection


class After(Enum):
    """What becomes of the connection after an answer."""

    FREE = "free"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Law:
    """What is compared of one answer. What a field does not demand is free.

    answer: there has to be one. status: the reference's, or one of `statuses`. content: media type and decoded body
    of a 200 are the reference's; `bodies` are others that will do. codings: those that the body may have, or None.
    decodes: whatever coding the body has, it can be undone. strict: also an answer that is no 200 must not announce a
    close. stored: the file that has to hold the body. secret: what lies outside of the directory is neither read nor
    written. unheard: what may not be in the body.
    """

    answer: bool = True
    status: bool = False
    statuses: tuple[int, ...] = ()
    content: bool = False
    bodies: tuple[bytes, ...] = ()
    codings: frozenset[str] | None = None
    decodes: bool = False
    ends: Ends = Ends.FREE
    after: After = After.FREE
    strict: bool = False
    stored: str | None = None
    secret: bool = False
    unheard: tuple[bytes, ...] = ()


def route_of(ask: Ask) -> Route:
    """Where this request leads, by its path."""
    path = ask.target.partition("?")[0]
    if path == "/":
        return Route.ROOT
    if path.startswith("/echo/") and path != "/echo/":
        return Route.TEXT
    if path == "/user-agent":
        return Route.AGENT
    if not path.startswith("/files/"):
        return Route.OTHER if path in ("/echo/", "/echo", "/files", "/user-agent/") else Route.UNKNOWN
    name = path.removeprefix("/files/")
    if _OUTSIDE.search(name):
        return Route.OUTSIDE
    return Route.FILE if file_of(ask) is not None else Route.OTHER


def file_of(ask: Ask) -> str | None:
    """The name of the file that a request is about, percent-decoded; None where it is not one plain name."""
    name = ask.target.partition("?")[0].removeprefix("/files/")
    try:
        decoded = unquote_to_bytes(name).decode("ascii")
    except UnicodeDecodeError:
        return None
    return decoded if _PLAIN_NAME.fullmatch(decoded.replace(" ", "_")) else None


def needed(conversation: Conversation) -> frozenset[str]:
    """The slugs of the stages that teach what this conversation asks for."""
    routes = {Route.OUTSIDE: FILES, Route.OTHER: OK}
    slugs = {routes.get(route, route.value) for route in map(route_of, conversation.asks)}
    connections = [ask.connection for ask in conversation.asks]
    if any(ask.values("Accept-Encoding") for ask in conversation.asks):
        slugs.add(GZIP)
    if conversation.beside:
        slugs.add(CONCURRENCY)
    if len(set(connections)) < len(connections) or any(ask.values("Connection") for ask in conversation.asks):
        slugs.add(KEEP_ALIVE)
    return frozenset(slugs)


def stage_of(conversation: Conversation, field: str, order: Sequence[str]) -> str:
    """The slug of the stage that a difference in this field belongs to: the last one, in the order of the course, that
    is needed to ask and to judge it."""
    slugs = needed(conversation) | {"coding": {GZIP}, "connection": {KEEP_ALIVE}}.get(field, set())
    return max(slugs.intersection(order), key=order.index)


def laws_of(conversation: Conversation, taught: Collection[str], *, strict: bool) -> tuple[Law, ...]:
    """The law of each request in turn, for a server that was taught these stages."""
    laws = []
    heard: list[bytes] = []
    for ask in conversation.asks:
        laws.append(_law(ask, taught, strict, tuple(heard)))
        heard += [value.encode("latin-1") for value in ask.values("User-Agent") if len(value) >= 4]
    return tuple(laws)


def _law(ask: Ask, taught: Collection[str], strict: bool, heard: tuple[bytes, ...]) -> Law:
    route = route_of(ask)
    if route is Route.OUTSIDE:
        return Law(answer=False, secret=FILES in taught)
    if route is Route.OTHER or route.value not in taught or not is_covered(ask, taught, strict=strict):
        return Law()
    after = _after(ask, taught)
    content = route in (Route.TEXT, Route.AGENT, Route.FILE)
    ends = _ends(route, after, strict)
    law = Law(status=True, content=content, ends=ends, after=after, strict=strict)
    return _special(ask, route, law, taught, heard)


def _special(ask: Ask, route: Route, law: Law, taught: Collection[str], heard: tuple[bytes, ...]) -> Law:
    """The law with what belongs to this route alone."""
    if ask.method == "HEAD":
        return replace(law, status=False, content=False)
    if route is Route.AGENT and not ask.values("User-Agent"):
        return replace(law, statuses=(200, 204, 400, 404), content=False, unheard=heard)
    if route is Route.AGENT and not all(value.isascii() and value for value in ask.values("User-Agent")):
        return Law(after=After.FREE)
    if route is Route.FILE and ask.method == "POST":
        return replace(law, content=False, stored=file_of(ask))
    if route is Route.TEXT:
        sent = ask.target.partition("?")[0].removeprefix("/echo/")
        codings = codings_for(ask) if GZIP in taught else None
        return replace(law, bodies=(sent.encode("latin-1"),) if "%" in sent else (), codings=codings)
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
    """The codings that the body of a text may have: gzip where the client asks for it, deflate where that is wanted
    as much or more, none where it asks for neither; None where the list is not one that a stage teaches.

    RFC 9110 12.5.3. Whoever knows gzip alone is right to send it, or nothing where only deflate is asked for.
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
    for item in listed.lower().split(",") if listed.strip(" \t") else ():
        name, semicolon, rest = item.strip(" \t").partition(";")
        match = _WEIGHT.fullmatch(semicolon + rest)
        if match is None:
            return None
        weights[name.strip(" \t")] = float(match[1]) if match[1] else 1.0
    return weights
