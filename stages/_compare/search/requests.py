"""Strategies for single requests, one function for each route: what required checks cover.

Each strategy is made once: making them costs more than drawing from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ..conversation import Ask
from ..routes import ECHO, ESCAPED_NAME, FILES, GZIP, HEADERS, OK, PATHS, SECRET_NAME
from .values import (
    accepted,
    agents,
    any_case,
    contents,
    file_names,
    neighbours,
    texts,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    from hypothesis.strategies import SearchStrategy

_ROUTES = ("echo", "user-agent", "files")
_DOTS = ("..", "%2e%2e", ".%2e", "%2E.")
_PLACES = st.integers(0, 4)


def requests(taught: Collection[str]) -> SearchStrategy[Ask]:
    """One request to one of the routes that are taught."""
    routes = {
        OK: [roots(taught)],
        PATHS: [unknown_paths(taught)],
        ECHO: [echoes(taught)],
        GZIP: [coded_echoes(taught)],
        HEADERS: [agent_requests(taught), long_agents()],
        FILES: [readings(taught), uploads(taught), uploads(taught), escapes()],
    }
    return st.one_of(
        [strategy for slug, found in routes.items() if slug in taught for strategy in found]
    )


def with_line(lines: list[str], place: int, line: str) -> tuple[str, ...]:
    """The header lines with one more, at that place or at the end."""
    return (*lines[:place], line, *lines[place:])


def roots(taught: Collection[str]) -> SearchStrategy[Ask]:
    return st.builds(lambda lines: Ask(lines=tuple(lines)), neighbours(taught))


def unknown_paths(taught: Collection[str]) -> SearchStrategy[Ask]:
    """A path that leads nowhere, though a known word may come later in it."""
    first = words().filter(lambda word: not word.startswith(_ROUTES))
    rest = st.lists(
        st.sampled_from(["", "echo", "user-agent", "files", "index.html"]) | words(), max_size=3
    )
    plain = st.builds(lambda one, more: "/".join(["", one, *_without_gaps(more)]), first, rest)
    pages = st.builds("/{}.html".format, words())
    return st.builds(
        lambda path, lines: Ask(target=path, lines=tuple(lines)),
        plain | plain | pages,
        neighbours(taught),
    )


def _without_gaps(segments: list[str]) -> list[str]:
    """Two slashes in a row are not taught; one at the end is."""
    return [
        segment for index, segment in enumerate(segments) if segment or index == len(segments) - 1
    ]


def echoes(taught: Collection[str]) -> SearchStrategy[Ask]:
    """/echo/{text}."""
    return st.builds(
        lambda text, lines: Ask(target=f"/echo/{text}", lines=tuple(lines)),
        texts(),
        neighbours(taught),
    )


def coded_echoes(taught: Collection[str]) -> SearchStrategy[Ask]:
    """/echo/{text} with a list of codings."""

    def made(text: str, lines: list[str], name: str, listed: str, place: int) -> Ask:
        return Ask(target=f"/echo/{text}", lines=with_line(lines, place, f"{name}: {listed}"))

    return st.builds(
        made, texts(), neighbours(taught), any_case("Accept-Encoding"), accepted(), _PLACES
    )


def agent_requests(taught: Collection[str]) -> SearchStrategy[Ask]:
    """/user-agent, with the header in any case and at any place."""

    def made(lines: list[str], name: str, agent: str, place: int) -> Ask:
        return Ask(target="/user-agent", lines=with_line(lines, place, f"{name}: {agent}"))

    return st.builds(made, neighbours(taught), any_case("User-Agent"), agents(), _PLACES)


def long_agents() -> SearchStrategy[Ask]:
    """/user-agent with a value of up to 5,000 visible characters."""
    sizes = st.sampled_from([64, 65, 255, 1000, 1024, 4096, 5000]) | st.integers(200, 5000)
    lines = st.builds(lambda word, size: ("User-Agent: " + (word * size)[:size],), words(), sizes)
    return lines.map(lambda found: Ask(target="/user-agent", lines=found))


def readings(taught: Collection[str]) -> SearchStrategy[Ask]:
    """GET of a file."""
    return st.builds(
        lambda name, lines: Ask(target=f"/files/{name}", lines=tuple(lines)),
        file_names(),
        neighbours(taught),
    )


def uploads(taught: Collection[str]) -> SearchStrategy[Ask]:
    """POST of a file, whose body may come in pieces behind the head."""

    def made(name: str, body: bytes, lines: list[str], place: int, cuts: list[int]) -> Ask:
        every = with_line(lines, place, f"Content-Length: {len(body)}")
        places = tuple(sorted({cut % len(body) for cut in cuts})) if body else ()
        return Ask("POST", f"/files/{name}", every, body, cuts=places)

    cuts = st.lists(st.integers(0, 40) | st.integers(0, 100 * 1024), max_size=2)
    return st.builds(made, file_names(), contents(), neighbours(taught), _PLACES, cuts)


def escapes() -> SearchStrategy[Ask]:
    """A path that would lead out of the directory, by one step: further out, a file could be
    written where others keep theirs."""

    def made(dots: str, slash: str, inner: str, write: bool) -> Ask:
        if write:
            return Ask(
                "POST", f"/files/{dots}{slash}{ESCAPED_NAME}", ("Content-Length: 4",), b"evil"
            )
        return Ask(
            target=f"/files/{inner and inner + slash + dots + slash}{dots}{slash}{SECRET_NAME}"
        )

    slashes = st.sampled_from(["/", "%2f"])
    return st.builds(
        made, st.sampled_from(_DOTS), slashes, st.sampled_from(["", "x"]), st.booleans()
    )
