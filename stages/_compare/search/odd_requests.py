"""Strategies for odd requests of the first track: valid or not, the program survives them and
serves others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from hypothesis import strategies as st

from ..conversation import Ask
from ..odd_rules import EVIL, HIDDEN, ROOT, SERVED, SIBLING
from ..routes import ECHO, ESCAPED_NAME, FILES, HEADERS, PATHS, SECRET_NAME
from .values import words

if TYPE_CHECKING:
    from collections.abc import Collection

    from hypothesis.strategies import SearchStrategy

_UNDECODABLE = (
    "%",
    "%z",
    "%zz",
    "%4",
    "%C0%80",
    "%E9",
    "%FF%FE",
    "%ED%A0%80",
    "%00",
    "%u00e9",
    "%25%",
    "//",
    "..",
)
_BEYOND_ASCII = "".join(map(chr, range(0x80, 0x100)))
_LINE_ENDS = ("%0d%0a", "%0D%0A", "%0a", "%E5%98%8D%E5%98%8A")
_SHELL = (
    "*", "?", "[a-z]*", "~", "$HOME", "${HOME}", "$(echo unnamed)", "`echo unnamed`", "unnamed;x",
    ";cat unnamed", "|cat unnamed", "&& cat unnamed", "unname[d]", "unnam?", "-n", "--help", "-rf",
    "'", '"', "'unnamed'", '"unnamed"', "\\", "unname\\d", "x'$(touch ../escaped.txt)'",
    ">../escaped.txt", "%s%n", "{}", "#", "!", "<unnamed",
)  # fmt: skip
UNNAMED_FILE = "unnamed"
_DOTS = ("..", "%2e%2e", ".%2e", "%2E.")
_BODIES = (EVIL, b"", b"GET /echo/evil HTTP/1.1\r\nHost: evil\r\n\r\n", b"\r\n\r\n", b"0\r\n\r\n")
ORDINARY_HEADERS: tuple[tuple[str, ...], ...] = (
    (
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
    ),
    ("Connection: keep-alive, Upgrade", "Upgrade: websocket-of-tomorrow/1"),
    ("Connection: TE", "TE: trailers, deflate;q=0.5"),
    ("Range: bytes=0-1",),
    ("Range: bytes=0-1", 'If-Range: "abc"'),
    ('If-None-Match: "abc", W/"def"', "If-Modified-Since: Sat, 29 Oct 1994 19:43:31 GMT"),
    ("Upgrade-Insecure-Requests: 1", "Sec-Fetch-Mode: navigate", "DNT: 1", "Priority: u=0, i"),
    ("Referer: http://localhost/echo/evil",),
    ("X-Note: GET /user-agent HTTP/1.1", "Origin: http://localhost/files/evil"),
    (
        "Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
        "Accept-Language: de-CH,de;q=0.9,en;q=0.1",
    ),
    ("Authorization: Basic ZXZpbDpldmls", "Cookie: a=b; c=d"),
)
"""What browsers, curl and others send beside the request itself: a server may ignore all of it."""


def targets(taught: Collection[str]) -> SearchStrategy[Ask]:
    """Texts and paths that decoders choke on: percent signs that begin nothing, bytes beyond ASCII,
    line ends."""
    raw = st.text(_BEYOND_ASCII, min_size=1, max_size=20)
    inner = st.sampled_from(_UNDECODABLE) | raw
    text = st.builds("{}{}{}".format, st.just("") | words(5), inner, st.just("") | words(5))
    split = st.builds(
        f"{{}}{{}}{HIDDEN}:%20{{}}".format, words(5), st.sampled_from(_LINE_ENDS), words(3)
    )
    found = [st.builds(lambda path: Ask(target=f"/{path}", odd="survived"), text | split)]
    if ECHO in taught:
        found.append(
            st.builds(
                lambda path: Ask(target=f"/echo/{path}", odd="undecodable"), text | text | split
            )
        )
    if FILES in taught:
        found.append(st.builds(_about_file, text | split | split, st.booleans()))
    return st.one_of(found)


def _about_file(name: str, write: bool) -> Ask:
    """GET or POST of a file with an odd name."""
    if write:
        return Ask("POST", f"/files/{name}", ("Content-Length: 4",), EVIL, odd="contained")
    return Ask(target=f"/files/{name}", odd="contained")


def queries(taught: Collection[str]) -> SearchStrategy[Ask]:
    """A query on any route."""
    routes = {
        PATHS: ["/", "/nowhere"],
        ECHO: ["/echo/abc"],
        HEADERS: ["/user-agent"],
        FILES: ["/files/a.txt"],
    }
    paths = st.sampled_from(
        [path for slug, found in routes.items() if slug in taught for path in found]
    )
    query = (
        st.sampled_from(["", "%", "a=/echo/x", "?", "v=2", "a=b&c=d", "=", "%E9", "/"]) | words()
    )

    def made(path: str, found: str, name: str) -> Ask:
        lines = (f"User-Agent: {name}",) if path == "/user-agent" else ()
        return Ask(target=f"{path}?{found}", lines=lines, odd="query")

    return st.builds(made, paths, query, words())


def beyond_ascii() -> SearchStrategy[Ask]:
    """A value of User-Agent with bytes from 80 to FF at any place: 85 and A0 break strip."""
    some = st.text(_BEYOND_ASCII, min_size=1, max_size=40) | st.sampled_from(
        ["\x85", "\xa0", "caf\xe9", "\xc3\xa9"]
    )
    value = st.builds("{}{}{}".format, st.just("") | words(5), some, st.just("") | words(5))
    return value.map(
        lambda found: Ask(target="/user-agent", lines=(f"User-Agent: {found}",), odd="beyond ASCII")
    )


def ordinary_headers(taught: Collection[str]) -> SearchStrategy[Ask]:
    """Headers that ordinary clients send, and that change nothing."""
    cookie = st.integers(1000, 4000).map(lambda size: (f"Cookie: id={'c' * size}",))
    offers = st.sampled_from(ORDINARY_HEADERS) | st.sampled_from(ORDINARY_HEADERS) | cookie
    targets = ["/", "/nowhere", "/user-agent", "/user-agent"]
    targets += ["/echo/abc"] if ECHO in taught else []
    targets += ["/files/a.txt", "/files/none.txt"] if FILES in taught else []

    def made(target: str, lines: tuple[str, ...], name: str) -> Ask:
        own = (f"User-Agent: {name}",) if target == "/user-agent" else ()
        return Ask(target=target, lines=(*lines, *own), odd="ordinary headers")

    return st.builds(made, st.sampled_from(targets), offers, words())


def ways_out() -> SearchStrategy[Ask]:
    """A path that would lead out of the directory: up, into a directory whose name begins alike, or
    from the root."""
    up = st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "x/"]),
        st.sampled_from(_DOTS),
        st.sampled_from(["/", "%2f"]),
    )
    name, root = SERVED.decode(), ROOT.decode()
    absolute = st.sampled_from([f"{root}/", f"/{root}/", f"%2F{root[1:]}/", f"{root}/{name}/../"])
    sibling = up.map(lambda found: f"{found}{name}{SIBLING}/") | st.just(f"{root}/{name}{SIBLING}/")

    def made(way: str, write: bool) -> Ask:
        return _about_file(f"{way}{ESCAPED_NAME if write else SECRET_NAME}", write)

    doubled = up.map(lambda found: found.replace("x/", "x/../"))
    return st.builds(made, up | doubled | absolute | sibling | sibling, st.booleans())


def shell_names() -> SearchStrategy[Ask]:
    """Names that a shell, printf or a pattern would read: nothing is executed or expanded."""

    def made(name: str, encoded: bool, write: bool) -> Ask:
        written = quote(name, safe="") if encoded or any(char in name for char in " ?#") else name
        return _about_file(written, write)

    return st.builds(made, st.sampled_from(_SHELL), st.booleans(), st.booleans())


def without_length() -> SearchStrategy[Ask]:
    """POST without a length and without chunks: an empty file, or refused, and never silence."""
    return words().map(lambda name: Ask("POST", f"/files/{name}", odd="without length"))


def with_bodies() -> SearchStrategy[Ask]:
    """A body where none is expected, which may look like a request."""
    methods = st.sampled_from(["GET", "HEAD", "DELETE", "OPTIONS", "PUT", "POST"])
    targets = st.sampled_from(["/", "/echo/abc", "/nowhere", "/files/a.txt", "/user-agent"])

    def made(method: str, target: str, body: bytes) -> Ask:
        target = "/" if method == "POST" and target.startswith("/files") else target
        return Ask(method, target, (f"Content-Length: {len(body)}",), body, odd="with a body")

    return st.builds(made, methods, targets, st.sampled_from(_BODIES) | st.binary(max_size=30))


_TARGETS = st.sampled_from(["/", "/echo/abc", "/nowhere", "/files/a.txt", "/files/none.txt"])


def methods() -> SearchStrategy[Ask]:
    """HEAD of every route, and methods that no path or only another one has."""
    heads = _TARGETS.map(lambda target: Ask("HEAD", target, odd="method"))
    unknown = st.builds(_of_method, words(8).map(lambda word: f"BREW-{word.upper()}"), _TARGETS)
    refused = refused_methods()
    both = st.one_of(heads, heads, refused, refused, unknown)
    return both | both.map(lambda ask: replace(ask, lines=(*ask.lines, "Accept: */*")))


def refused_methods() -> SearchStrategy[Ask]:
    """Methods that are known elsewhere, most often of a file, where a refused one could do harm."""
    names = st.sampled_from(["DELETE", "DELETE", "PUT", "PATCH", "OPTIONS"])
    posted = st.sampled_from(["/", "/echo/abc", "/nowhere"])
    post = posted.map(lambda target: Ask("POST", target, ("Content-Length: 0",), odd="method"))
    return st.builds(_of_method, names, _TARGETS | st.just("/files/a.txt")) | post


def _of_method(method: str, target: str) -> Ask:
    return Ask(method, target, odd="method")
