"""Strategies for odd requests of the hardening stages: no lengths, no frames, and chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ..conversation import Ask
from .values import words

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# the zeros of Arabic, of Devanagari, and one as wide as a Chinese character
_OTHER_DIGITS = "\u0660\u0966\uff10"
_BODY = st.text("ghjklmnpqrstvwxyz", min_size=11, max_size=29).map(str.encode)
_EVIL_AGENT = "User-Agent: evil"
_SMUGGLED = b"GET /echo/evil HTTP/1.1\r\nHost: evil\r\n\r\n"
_PLACES = st.booleans()


def no_lengths() -> SearchStrategy[Ask]:
    """A Content-Length that is none, or two that differ; a coding of which nobody knows the end."""
    return st.builds(_with_lengths, words(), _BODY, st.integers(0, len(_written(b"x" * 11)) - 1))


def _with_lengths(name: str, body: bytes, which: int) -> Ask:
    lengths = _written(body)[which]
    return Ask(
        "POST",
        f"/files/{name}",
        tuple(f"Content-Length: {one}" for one in lengths),
        body,
        odd="no length",
    )


def _written(body: bytes) -> list[tuple[str, ...]]:
    """What may stand for the length of this body, and is none: the value of each line."""
    size, (tens, ones) = len(body), divmod(len(body), 10)
    scripts = [
        "".join(chr(ord(zero) + digit) for digit in (tens, ones)).encode().decode("latin-1")
        for zero in _OTHER_DIGITS
    ]
    alone = (
        f"-{size}", f"+{size}", f"{tens}_{ones}", f"{tens} {ones}", f"{size}.0", f"{size}x",
        f"{size}e0", hex(size), f"\v{size}", f"{size}\f", f"\x85{size}", f"{size}\xa0", "\xb2",
        f"{tens}\xb2", "-1", "abc", "1" * 30 + "x", *scripts,
    )  # fmt: skip
    lists = (f"{size}, 3", f"3, {size}", f"{size},{size},3", f"{size}, ")
    apart = ((str(size), "3"), ("3", str(size)))
    return [*((one,) for one in (*alone, *lists[:3])), *apart]


def framed() -> SearchStrategy[Ask]:
    """A line that only looks like a length, or that only a server which ends lines too early would
    read."""
    framing = st.sampled_from(["Content-Length: 3", "Transfer-Encoding: chunked"])

    def made(name: str, body: bytes, frame: str, which: int, after: bool) -> Ask:
        header, _, value = frame.partition(":")
        decoys = (
            f"X-{frame}", f"X-Note: {frame}", f"{header.replace('-', '_')}:{value}",
            f"{header}-X:{value}", f"X-Note: 1\r{frame}", f"X-Note: 1\0{frame}",
        )  # fmt: skip
        length = f"Content-Length: {len(body)}"
        if which == len(decoys):  # a blank before the first header line
            return Ask(
                "POST",
                f"/files/{name}",
                (length,),
                body,
                version=f"HTTP/1.1\r\n {frame}",
                odd="framed",
            )
        lines = (length, decoys[which]) if after else (decoys[which], length)
        return Ask("POST", f"/files/{name}", lines, body, odd="framed")

    return (
        st.builds(made, words(), _BODY, framing, st.integers(0, 6), _PLACES)
        | _agents()
        | _in_queries()
    )


def _agents() -> SearchStrategy[Ask]:
    """A User-Agent that is no header, unless a bare CR, NUL or a blank makes it one."""
    lines = ("X-Note: 1\r" + _EVIL_AGENT, "X-Note: 1\0" + _EVIL_AGENT)

    def made(line: str, own: str, first: bool, blank: str) -> Ask:
        if blank:
            return Ask(
                target="/user-agent",
                lines=(own,) * first,
                version=f"HTTP/1.1\r\n{blank}{_EVIL_AGENT}",
                odd="framed",
            )
        return Ask(target="/user-agent", lines=(line, own) if first else (own, line), odd="framed")

    own = words().map("User-Agent: {}".format)
    return st.builds(
        made, st.sampled_from(lines), own, _PLACES, st.sampled_from(["", "", " ", "\t\t"])
    )


def _in_queries() -> SearchStrategy[Ask]:
    """A length in the query, and in another header."""
    targets = st.sampled_from(
        ["/?Content-Length:3", "/?a&Content-Length:%203", "/echo/Content-Length:3"]
    )
    return st.builds(
        lambda target, name: Ask(
            target=target, lines=(f"X-{name}: Content-Length: 3",), odd="framed"
        ),
        targets,
        words(),
    )


def odd_lines(*, strict: bool) -> SearchStrategy[Ask]:
    """What breaks the grammar of a head: no Host or a second one, a blank before a colon; by advice
    other blanks and words."""
    lines = ["Host: other", "host: localhost", "X-Note : 1", "X-Note\t: 1"]
    lines += ["no colon", ": no name", "X Note: 1", "X-Note\v: 1"] if strict else []
    by_line = st.sampled_from(lines).map(lambda line: Ask(lines=(line,), odd="framed"))
    by_line = by_line | st.just(Ask(odd="framed", hostless=True))
    if not strict:
        return by_line
    blank = st.sampled_from(["\v", "\f", "\t", "\x1c", "\x85", "\xa0"])
    by_blank = blank.map(lambda one: Ask(f"GET{one}/", "HTTP/1.1", version="", odd="framed"))
    by_words = st.sampled_from([("GET", ""), ("/", "HTTP/1.1"), ("/", "HTTP/1.1 x")])
    return (
        by_line
        | by_blank
        | by_words.map(lambda found: Ask("GET", found[0], version=found[1], odd="framed"))
    )


def chunk(data: bytes, size: bytes = b"") -> bytes:
    """One chunk; size: as it is written, where that is not how it should be."""
    return (size or b"%x" % len(data)) + b"\r\n" + data + b"\r\n"


def chunks() -> SearchStrategy[Ask]:
    """Bodies in chunks: sizes in any case, zeros before them, extensions, trailers, pieces."""
    pieces = st.lists(
        st.binary(min_size=1, max_size=20) | st.binary(min_size=170, max_size=180), max_size=4
    )
    sizes = st.sampled_from([b"%x", b"%X", b"%04x", b"%x;a=1", b'%x;a="b;c"', b"%x;a"])
    lasts = st.sampled_from(
        [b"0\r\n\r\n", b"000\r\n\r\n", b"0;a=b\r\n\r\n", b"0\r\nX-Sum: 1\r\nX-Sum: 2\r\n\r\n"]
    )
    coding = st.sampled_from(["chunked", "Chunked", "CHUNKED"])
    cuts = st.lists(st.integers(0, 200), max_size=3)

    def made(
        name: str, data: list[bytes], size: bytes, last: bytes, coded: str, places: list[int]
    ) -> Ask:
        body = b"".join(chunk(piece, size % len(piece)) for piece in data) + last
        own = tuple(sorted({place % len(body) for place in places}))
        return Ask(
            "POST", f"/files/{name}", (f"Transfer-Encoding: {coded}",), body, cuts=own, odd="chunks"
        )

    return (
        st.builds(made, words(), pieces, sizes, lasts, coding, cuts)
        | _with_trailers()
        | _expecting()
    )


def _with_trailers() -> SearchStrategy[Ask]:
    """Trailers that would be headers, on a request whose answer tells of them."""
    trailers = st.sampled_from(
        [b"User-Agent: evil", b"Content-Length: 9", b"Connection: close", b"Host: evil"]
    )
    own = st.just(()) | words().map(lambda word: (f"User-Agent: {word}",))

    def made(trailer: bytes, lines: tuple[str, ...]) -> Ask:
        body = chunk(b"x") + b"0\r\n" + trailer + b"\r\n\r\n"
        return Ask("GET", "/user-agent", (*lines, "Transfer-Encoding: chunked"), body, odd="chunks")

    return st.builds(made, trailers, own)


def _expecting() -> SearchStrategy[Ask]:
    """Expect, with the body sent at once, also to a path that is refused."""
    names = st.sampled_from(["a.txt", "../evil", "x/y/z"]) | words()

    def made(name: str, body: bytes, coded: bool) -> Ask:
        framing = "Transfer-Encoding: chunked" if coded else f"Content-Length: {len(body)}"
        sent = chunk(body) + b"0\r\n\r\n" if coded else body
        return Ask("POST", f"/files/{name}", ("Expect: 100-continue", framing), sent, odd="chunks")

    return st.builds(made, names, _BODY, _PLACES)


def no_chunks(*, strict: bool) -> SearchStrategy[Ask]:
    """Sizes that are none, chunks that end elsewhere, codings of which chunked is not the last."""
    sizes = st.sampled_from([
        b"z", b"5z", b"0x5", b"+5", b"-5", b"0_5", b"5,5", b" 5", b"\t5", b"\v5", b"5\f", b"\x855",
        b"5\xa0", b"\xb2", b"5\xb2", "\u0665".encode(), "\u096b".encode(), "\uff15".encode(),
    ])  # fmt: skip
    bodies = sizes.map(lambda size: chunk(b"apple", size)) | st.just(b"3\r\napple\r\n")
    if strict:
        advised = (
            b"5\napple\r\n",
            b"5;b\napple\r\n",
            b"5\r\napple\n",
            b"5\r\napplexy",
            b"5 5\r\napple\r\n",
        )
        bodies = bodies | st.sampled_from(advised)
    tails = st.sampled_from([b"0\r\n\r\n", b"0\r\n\r\n" + _SMUGGLED])
    plain = st.builds(lambda name, body, tail: _upload(name, body + tail), words(), bodies, tails)
    codings = [
        ("identity",), ("xchunked",), ("gzip",), ("x-other",), ("chunked, gzip",),
        ("chunked, x-other",), ("chunked;a=1",), ("\vchunked",), ("chunked\f",),
        ("chunked", "gzip"), ("chunked", "identity"),
    ]  # fmt: skip
    if strict:
        codings += [
            ("x-other, chunked",),
            ("x-other", "chunked"),
            ("chunked, chunked",),
            ("chunked", "chunked"),
        ]
    coded = st.builds(
        lambda name, lines, tail: _upload(name, chunk(b"apple") + tail, *lines),
        words(),
        st.sampled_from(codings),
        tails,
    )
    return plain | coded


def _upload(name: str, body: bytes, *codings: str) -> Ask:
    lines = tuple(f"Transfer-Encoding: {coding}" for coding in codings or ("chunked",))
    return Ask("POST", f"/files/{name}", lines, body, odd="no chunks")
