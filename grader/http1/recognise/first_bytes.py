"""The first of the right bytes alone, and what says why they end there."""

from __future__ import annotations

import re

from grader.http1.recognise.wrong import Recognised, Wrong, count

_STREAM = "TCP is a stream of bytes: keep calling recv and appending until "
_READ_HEAD = f"{_STREAM}there is an empty line (\\r\\n\\r\\n)."
_READ_BODY = f"{_STREAM}as many bytes have come as Content-Length says."
AT_NUL = "Store the length with the bytes; strlen and %s stop at the first NUL."
_WORDS = "Do not split the text: spaces and line ends belong to it. Use its length."
_SPACES = "Do not split the text at spaces: they belong to it."
_COUNT_BYTES = "Content-Length counts bytes: take the length after encoding, not of the string."
_DECODE_LAST = "Cut the query off first, then decode: a decoded ? or # belongs to the text."
_SPACE = re.compile(rb"\s")
_SIZES = frozenset({*(2**power for power in range(6, 21)), 100, 200, 500, 1000, 2000, 5000, 10_000})
"""Bytes: how long buffers mostly are."""


def short_length(wrong: Wrong) -> Recognised | None:
    """The first bytes alone, and the others come after the length that was announced."""
    said, size = _only_the_first(wrong), len(wrong.found)
    late = (wrong.found + wrong.behind).startswith(wrong.wanted)
    if not said or not late or size == _characters(wrong.wanted):
        return None
    return Recognised(
        "short_length",
        f"{said[:-1]}: Content-Length is {size:,}, and the rest comes after it.",
        "Compute Content-Length from the bytes that you send as the body.",
    )


def one_read(wrong: Wrong) -> Recognised | None:
    """The first bytes alone, and the request up to their end is as long as a buffer: one read is
    all that the server has got."""
    said = _only_the_first(wrong)
    place = wrong.request.find(wrong.wanted)
    read = place + len(wrong.found)
    if said and place > 0 and read in _SIZES:
        return Recognised(
            "one_read",
            f"{said} With the {count(place)} before them in the request that is {read:,}: your"
            " server read once.",
            read_on(wrong),
        )
    if said and 0 < place < len(wrong.head):
        return _one_buffer(said, wrong)
    if said and len(wrong.found) in _SIZES and len(wrong.found) > 255:
        return Recognised("one_read", f"{said} That is the size of one read.", read_on(wrong))
    return None


def _one_buffer(said: str, wrong: Wrong) -> Recognised | None:
    """The head was read beyond it, and the text alone is as long as a buffer, or one byte shorter,
    for the NUL of C."""
    size = len(wrong.found)
    long = next((it for it in (size, size + 1) if it in _SIZES), 0)
    if not long or size == _characters(wrong.wanted):
        return None
    nul = "" if size == long else ", with a NUL at its end"
    return Recognised(
        "one_buffer",
        f"{said} So much fits into a buffer of {count(long)}{nul}.",
        f"Look for a buffer, an array or a slice of {long:,} that holds the text: make it as long"
        " as the text.",
    )


def beginning(wrong: Wrong) -> Recognised | None:
    """The first bytes alone, and what follows them says why they end there."""
    said, size = _only_the_first(wrong), len(wrong.found)
    if not said:
        return None
    next_byte = wrong.wanted[size : size + 1]
    if next_byte == b"\0":
        return Recognised(
            "ends_at_nul",
            f"{said} A NUL byte follows, where a string of C ends.",
            AT_NUL,
        )
    if next_byte in (b"?", b"#") and wrong.target and wrong.wanted not in wrong.target:
        return Recognised(
            "cut_after_decoding", f"{said} A decoded {next_byte.decode()} follows.", _DECODE_LAST
        )
    if size == _characters(wrong.wanted):
        return Recognised(
            "counted_characters", f"{said} So many characters are in it.", _COUNT_BYTES
        )
    if next_byte.isspace() and not _SPACE.search(wrong.found):
        hint = _SPACES if wrong.is_of_the_head else _WORDS
        return Recognised("first_word", f"{said} A space or a line end follows.", hint)
    return Recognised("beginning", said)


def _only_the_first(wrong: Wrong) -> str:
    """The sentence that says so; empty where it is not so."""
    if not wrong.found or not wrong.wanted.startswith(wrong.found):
        return ""
    size = count(len(wrong.found))
    return f"The {wrong.subject} holds only the first {size} of {len(wrong.wanted):,}."


def read_on(wrong: Wrong) -> str | None:
    """How to read all that the request brought; nothing where the bytes came from elsewhere."""
    place = wrong.request.find(wrong.wanted)
    if place < 0:
        return None
    if place < len(wrong.head):
        return _READ_HEAD
    has_length = any(name.lower() == b"content-length" for name, _ in wrong.headers)
    return _READ_BODY if has_length else None


def _characters(text: bytes) -> int:
    """How many characters it has as UTF-8; -1 where it is something else."""
    try:
        return len(text.decode())
    except UnicodeDecodeError:
        return -1
