"""Strategies for the smallest parts of a request: words, values of headers, the header lines around
them, bodies."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from ..coverage import KNOWN_CODINGS, OTHER_CODINGS, TELLING
from ..routes import ECHO, HEADERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from hypothesis.strategies import SearchStrategy

LETTERS = string.ascii_lowercase + string.digits
UNRESERVED = string.ascii_letters + string.digits + "-_~."
VISIBLE = "".join(map(chr, range(0x21, 0x7F)))
_VALUE = string.ascii_letters + string.digits + " /:;=.,()-"
_STEMS = ("ab" * 20, "k3v" * 13)
_ORDINARY = (
    "Accept: */*",
    "Accept-Language: en",
    "DNT: 1",
    "Referer: /",
    "X-Note: GET / HTTP/1.1",
    "Cache-Control: no-cache",
)
_NAMING_ROUTES = ("Referer: http://localhost/echo/abc", "X-Note: GET /echo/abc HTTP/1.1")


def words(longest: int = 10, letters: str = LETTERS) -> SearchStrategy[str]:
    """A word of 1 to `longest` letters."""
    return st.text(letters, min_size=1, max_size=longest)


def long_words(longest: int, letters: str = LETTERS) -> SearchStrategy[str]:
    """A word of up to `longest` letters, often a long one: a short one again and again."""
    again = st.integers(1, longest)
    return words(10, letters) | st.builds(
        lambda word, times: (word * times)[:longest], words(5, letters), again
    )


def texts() -> SearchStrategy[str]:
    """What to echo: no character of it means anything in a path (RFC 3986 2.3). Some begin and end
    alike."""
    alike = st.builds("{0}{1}{0}".format, st.sampled_from(_STEMS), st.sampled_from("abc"))
    found = long_words(200) | long_words(200, "echo") | long_words(200, UNRESERVED) | alike
    return found.map(lambda text: text.lstrip(".") or "a").filter(says_nothing)


def says_nothing(text: str) -> bool:
    """Whether nobody could take this text for a header that counts."""
    lowered = text.lower()
    return not any(word in lowered for word in TELLING)


def any_case(name: str) -> SearchStrategy[str]:
    """The name in any case."""

    def flipped(bits: int) -> str:
        return "".join(
            char.upper() if bits >> place & 1 else char.lower() for place, char in enumerate(name)
        )

    return st.sampled_from([name, name.lower(), name.upper()]) | st.integers(
        0, 2 ** len(name) - 1
    ).map(flipped)


def agents() -> SearchStrategy[str]:
    """A value of User-Agent: visible ASCII, and blanks inside of it."""
    value = st.text(VISIBLE + " ", min_size=1, max_size=40).map(str.strip)
    usual = st.builds("{}/{} ({}: {})".format, words(), st.integers(0, 99), words(), words())
    many = st.lists(words(4), min_size=1, max_size=6).map(" ".join)
    return (value | usual | many).filter(lambda found: bool(found) and says_nothing(found))


def unknown_codings() -> SearchStrategy[str]:
    """The name of a coding that nobody knows."""
    return words().filter(
        lambda word: word not in KNOWN_CODINGS | OTHER_CODINGS and "gzip" not in word
    )


def neighbours(taught: Collection[str]) -> SearchStrategy[list[str]]:
    """Header lines that mean nothing to the server, each of another name; up to 4 KiB once heads
    are taught."""
    value = (
        st.text(_VALUE, min_size=1, max_size=30)
        .map(str.strip)
        .filter(lambda v: bool(v) and says_nothing(v))
    )
    large = st.builds(lambda letter, size: letter * size, words(1), st.integers(1, 900))
    own = st.builds("X-{}: {}".format, words(8), value | large if HEADERS in taught else value)

    ordinary = (*_ORDINARY, *_NAMING_ROUTES) if ECHO in taught else _ORDINARY

    def chosen(bits: int, mine: list[str]) -> list[str]:
        usual = [line for place, line in enumerate(reversed(ordinary)) if bits >> place & 1]
        return list({line.partition(":")[0].lower(): line for line in (*usual[:4], *mine)}.values())

    few = st.just(0) | st.integers(0, 2 ** len(ordinary) - 1)
    return st.builds(chosen, few, st.lists(own, max_size=4))


def accepted() -> SearchStrategy[str]:
    """A value of Accept-Encoding as the stage teaches it: names with commas between."""

    def made(pattern: str, one: str, two: str, comma: str) -> str:
        names = {"g": "gzip", "d": "deflate", "1": one, "2": two if two != one else f"{two}0"}
        return comma.join(names[place] for place in pattern)

    pattern = st.sampled_from(["g", "1", "d", "1g", "g1", "1g2", "12g", "12", "gd", "1d"])
    return st.builds(
        made, pattern, unknown_codings(), unknown_codings(), st.sampled_from([", ", ","])
    )


def contents() -> SearchStrategy[bytes]:
    """What a file holds: few bytes or many, of every value, with line ends and empty lines."""
    special = [
        b"",
        b"\r\n\r\n",
        b"one\r\n\r\ntwo\n",
        "h\u00e9llo \u20ac".encode(),
        bytes(range(256)),
        b"\xff\x00\xfe",
        b"a b c",
    ]
    piece = st.binary(min_size=1, max_size=40)
    large = st.builds(
        lambda data, size: (data * size)[:size],
        piece,
        st.sampled_from([1000, 5000, 20_000, 70_000]) | st.integers(1, 100 * 1024),
    )
    text = st.text("a \u00e9\u20ac\r\n", min_size=1, max_size=10) | st.lists(
        words(4), max_size=4
    ).map(" ".join)
    return st.binary(max_size=40) | text.map(str.encode) | st.sampled_from(special) | large


def file_names() -> SearchStrategy[str]:
    """The name of a file whose type nobody could guess from it."""
    long = st.builds("{}{}".format, st.sampled_from([stem * 2 for stem in _STEMS]), words(4))
    return st.builds("{}{}".format, words() | long, st.sampled_from(["", ".txt", ".bin", ".dat"]))
