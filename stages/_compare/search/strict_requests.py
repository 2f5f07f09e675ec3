"""Strategies for requests whose right handling is advice: for `--strict`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import strategies as st

from ..conversation import Ask
from ..coverage import REST_REFUSED, is_acceptable
from ..routes import ECHO, FILES, GZIP, HEADERS, OK, PATHS
from .requests import requests
from .values import (
    agents,
    any_case,
    contents,
    long_words,
    neighbours,
    unknown_codings,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from hypothesis.strategies import SearchStrategy

CLOSINGS = (
    "Connection: close",
    "connection: Close",
    "Connection: CLOSE",
    "connection: foo, close",
    "Connection: close, keep-alive",
    "Connection: keep-alive, close",
)
_DECODED = "abc \u00e9\u20ac"
_WEIGHTS = (
    "",
    ";q=1.0",
    ";q=1",
    "; q=0.8",
    ";q=0.5",
    ";q=0.1",
    ";q=0",
    ";q=0.0",
    "; q=0",
    ";q=0.000",
)
_LOOK_ALIKES = ("notgzip", "x-gzip2", "gzipped")
_DECOYS = ("X-Original-User-Agent: evil/1", "X-Note: User-Agent: evil/2")


def advised(taught: Collection[str]) -> SearchStrategy[Ask]:
    """One request, as required checks or as pieces of advice cover it, in any pieces."""
    routes: dict[str, list[SearchStrategy[Ask]]] = {
        OK: [st.just(Ask("HEAD")), st.just(Ask(blank_first=True))],
        PATHS: [queries(), near_misses(taught)],
        ECHO: [echoes()],
        HEADERS: [agent_requests(taught)],
        FILES: [lower_case_lengths(), names_with_blanks()],
        GZIP: [weighed(), elsewhere(), coded_404()],
    }
    special = [strategy for slug, found in routes.items() if slug in taught for strategy in found]
    found = st.one_of([requests(taught), *special])
    return cut(found) if HEADERS in taught else found


def cut(asks: SearchStrategy[Ask]) -> SearchStrategy[Ask]:
    """The request in up to three pieces, cut anywhere."""

    def made(ask: Ask, places: list[int]) -> Ask:
        head = len(ask.head(""))
        own = {place % (head + len(ask.body) - 1) + 1 - head for place in places}
        return replace(ask, cuts=tuple(sorted({*ask.cuts, *own})))

    return st.builds(made, asks, st.lists(st.integers(0, 8192), max_size=2))


def queries() -> SearchStrategy[Ask]:
    return st.builds(lambda word: Ask(target=f"/?{word}=1"), words())


def near_misses(taught: Collection[str]) -> SearchStrategy[Ask]:
    """A path that begins like a route, and is none."""
    begins = [
        path
        for slug, path in ((ECHO, "/echo"), (HEADERS, "/user-agent"), (FILES, "/files"))
        if slug in taught
    ]
    return st.builds(
        lambda begin, word: Ask(target=begin + word), st.sampled_from(begins or ["/echo"]), words()
    )


def echoes() -> SearchStrategy[Ask]:
    """A text with slashes in it, or one that is percent-encoded."""
    segments = st.lists(st.just("") | words(6), min_size=1, max_size=3)
    slashed = st.builds(lambda first, rest: "/".join([first, *rest]), words(6), segments)
    encoded = long_words(20, _DECODED).map(lambda text: quote(f"a{text}b"))
    plus = st.builds("{}+{}".format, words(4), words(4))
    return (slashed | encoded | plus).map(lambda text: Ask(target=f"/echo/{text}"))


def agent_requests(taught: Collection[str]) -> SearchStrategy[Ask]:
    """/user-agent with white space around the value, with decoys, without the header, or with bytes
    beyond ASCII."""
    without = st.builds(
        lambda lines: Ask(target="/user-agent", lines=tuple(lines)), neighbours(taught)
    )

    def made(lines: list[str], decoys: list[str], own: str) -> Ask:
        names = {line.partition(":")[0].lower() for line in decoys}
        kept = (line for line in lines if line.partition(":")[0].lower() not in names)
        return Ask(target="/user-agent", lines=(*kept, *decoys, own))

    value = agents() | st.sampled_from(["caf\xe9", "\xc3\xa9\xe2\x82\xac"])
    before, after = st.sampled_from([" ", "", "   ", "\t"]), st.sampled_from(["", " ", " \t "])
    own = st.builds("{}:{}{}{}".format, any_case("User-Agent"), before, value, after)
    decoys = st.lists(st.sampled_from(_DECOYS), max_size=2, unique=True)
    return without | st.builds(made, neighbours(taught), decoys, own)


def lower_case_lengths() -> SearchStrategy[Ask]:
    return st.builds(
        lambda name, body: Ask("POST", f"/files/{name}", (f"content-length: {len(body)}",), body),
        words(),
        contents(),
    )


def names_with_blanks() -> SearchStrategy[Ask]:
    """POST of a file whose name has a space, percent-encoded."""
    return st.builds(
        lambda one, two, body: Ask(
            "POST", f"/files/{one}%20{two}", (f"Content-Length: {len(body)}",), body
        ),
        words(),
        words(),
        contents(),
    )


def weighed() -> SearchStrategy[Ask]:
    """Accept-Encoding with weights, in capitals, with words that only look like gzip."""
    names = (
        st.sampled_from(["gzip", "gzip", "gzip", "GZIP", "deflate", "identity", *_LOOK_ALIKES])
        | unknown_codings()
    )
    item = st.tuples(names, st.sampled_from(_WEIGHTS))
    listed = st.lists(item, min_size=1, max_size=3, unique_by=lambda found: found[0].lower())

    def made(items: list[tuple[str, str]], star: str, comma: str, word: str) -> Ask:
        names = [name + weight for name, weight in items]
        starred = {"first": [REST_REFUSED, *names], "last": [*names, REST_REFUSED]}.get(star, names)
        value = comma.join(starred if is_acceptable(names) else names)
        return Ask(target=f"/echo/{word}", lines=(f"Accept-Encoding: {value}",))

    star = st.sampled_from(["", "", "first", "last"])
    return st.builds(made, listed, star, st.sampled_from([", ", ","]), words())


def elsewhere() -> SearchStrategy[Ask]:
    """gzip where it does not count: in another header, or in the path."""
    plain = "Accept-Encoding: identity"
    return st.builds(
        lambda word: Ask(target=f"/echo/gzip{word}", lines=(plain,)), words()
    ) | st.builds(
        lambda word: Ask(target=f"/echo/{word}", lines=("X-Note: Accept-Encoding: gzip", plain)),
        words(),
    )


def coded_404() -> SearchStrategy[Ask]:
    return st.builds(
        lambda word: Ask(target=f"/no-{word}", lines=("Accept-Encoding: gzip",)), words()
    )
