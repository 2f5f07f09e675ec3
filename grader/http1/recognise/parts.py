"""A part of the right bytes, or the right bytes with more around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.http1.recognise.wrong import LONGEST, SHORT, Recognised, Wrong, count
from grader.text.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREAM = "TCP is a stream of bytes: keep calling recv and appending until "
_READ_HEAD = f"{_STREAM}there is an empty line (\\r\\n\\r\\n)."
_READ_BODY = f"{_STREAM}as many bytes have come as Content-Length says."
_WORDS = "Do not split the text: spaces and line ends belong to it. Use its length."
_COUNT_BYTES = "Content-Length counts bytes: take the length after encoding, not of the string."
_FAR = 1000
"""Bytes: what stands so far into a request may be beyond one read."""

_FEW = 20
_SPACE = re.compile(rb"\s")
_SIZES = frozenset({*(2**power for power in range(6, 21)), 100, 200, 500, 1000, 2000, 5000, 10_000})
"""Bytes: how long buffers mostly are."""


def empty(wrong: Wrong) -> Recognised | None:
    if wrong.found:
        return None
    said = f"The {wrong.subject} is empty: {count(len(wrong.wanted))} should be in it."
    place = wrong.request.find(wrong.wanted)
    if _FAR < place < len(wrong.head):
        where = f"They begin at byte {place:,} of the request."
        return Recognised("empty", f"{said} {where}")
    return Recognised("empty", said)


def not_empty(wrong: Wrong) -> Recognised | None:
    if wrong.wanted:
        return None
    return Recognised(
        "not_empty", f"The {wrong.subject} holds {count(len(wrong.found))}, and it should be empty."
    )


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
            _read_on(wrong),
        )
    if said and len(wrong.found) in _SIZES and len(wrong.found) > 255:
        return Recognised("one_read", f"{said} That is the size of one read.", _read_on(wrong))
    return None


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
            "Store the length with the bytes; strlen and %s stop at the first NUL.",
        )
    if size == _characters(wrong.wanted):
        return Recognised(
            "counted_characters", f"{said} So many characters are in it.", _COUNT_BYTES
        )
    if next_byte.isspace() and not _SPACE.search(wrong.found[:LONGEST]):
        return Recognised("first_word", f"{said} A space or a line end follows.", _WORDS)
    return Recognised("beginning", said)


def _only_the_first(wrong: Wrong) -> str:
    """The sentence that says so; empty where it is not so."""
    if not wrong.found or not wrong.wanted.startswith(wrong.found):
        return ""
    size = count(len(wrong.found))
    return f"The {wrong.subject} holds only the first {size} of {len(wrong.wanted):,}."


def _read_on(wrong: Wrong) -> str | None:
    """How to read all that the request brought; nothing where the bytes came from elsewhere."""
    place = wrong.request.find(wrong.wanted)
    if place < 0:
        return None
    if place < len(wrong.head):
        return _READ_HEAD
    has_length = any(name.lower() == b"content-length" for name, _ in wrong.headers)
    return _READ_BODY if has_length else None


def one_line(wrong: Wrong) -> Recognised | None:
    lines = wrong.wanted.splitlines()
    if len(lines) < 2 or len(wrong.found) < SHORT or wrong.found.rstrip(b"\r\n") != lines[0]:
        return None
    return Recognised(
        "one_line",
        f"The {wrong.subject} holds only the first line of {len(lines)}.",
        "Read all the bytes: readline stops at the first line end.",
    )


def end(wrong: Wrong) -> Recognised | None:
    """The last bytes alone; where only one is lacking, that is said."""
    found, wanted = wrong.found, wrong.wanted
    lacking = len(wanted) - len(found)
    if lacking < 1 or len(found) < SHORT or not wanted.endswith(found):
        return None
    if lacking == 1:
        return Recognised("first_byte_lost", f"The first byte of the {wrong.subject} is missing.")
    return Recognised("end", f"The first {count(lacking)} of {len(wanted):,} are missing.")


def middle_lost(wrong: Wrong) -> Recognised | None:
    """A beginning and an end, and bytes between them are missing or come twice."""
    found, wanted = wrong.found, wrong.wanted
    first, last = shared_ends(found, wanted)
    if first < SHORT or last < SHORT:
        return None
    lacking = len(wanted) - len(found)
    if lacking > 0 and first + last >= len(found):
        return Recognised(
            "middle_lost",
            f"{count(lacking).capitalize()} of {len(wanted):,} are missing after the first"
            f" {first:,}.",
            "What one read returns may hold an end and a beginning: keep what is left over.",
        )
    twice = found[first : len(found) - last]
    if lacking < 0 and first + last >= len(wanted) and len(twice) >= SHORT and twice in wanted:
        return Recognised(
            "piece_twice", f"{count(len(twice)).capitalize()} of the {wrong.subject} come twice."
        )
    return None


def twice(wrong: Wrong) -> Recognised | None:
    times, rest = divmod(len(wrong.found), len(wrong.wanted) or 1)
    if rest or times < 2 or wrong.found != wrong.wanted * times:
        return None
    return Recognised(
        "twice",
        f"The {wrong.subject} holds the text {'twice' if times == 2 else f'{times} times'}.",
        "Send the body once; look for a second write of it.",
    )


def more_behind(wrong: Wrong) -> Recognised | None:
    """The right bytes, then more: a line end, NUL bytes of a buffer, the request's next bytes, what
    stood in memory."""
    found, wanted = wrong.found, wrong.wanted
    if not wanted or not found.startswith(wanted):
        return None
    more = found[len(wanted) :]
    return next(
        Recognised(kind, f"After the right text, {sentence}", hint)
        for holds, kind, sentence, hint in _behind(wrong, more)
        if holds
    )


def _behind(wrong: Wrong, more: bytes) -> Iterator[tuple[bool, str, str, str | None]]:
    size = count(len(more))
    yield (
        not more.strip(b"\r\n"),
        "line_end",
        f"the {wrong.subject} holds a line end.",
        "Write the bytes alone; print and println add a line end.",
    )
    yield not more.strip(b" \t"), "blanks", f"the {wrong.subject} holds spaces.", None
    yield (
        not more.strip(b"\0"),
        "nul_padding",
        f"the {wrong.subject} holds {size} of NUL: an unused part of a buffer.",
        "Send as many bytes as were read or copied, not the whole buffer.",
    )
    place = wrong.request.find(wrong.wanted) + len(wrong.wanted)
    follows = wrong.request[place : place + len(more)]
    yield (
        more == follows,
        "request_goes_on",
        f"the {wrong.subject} goes on with the request's next {size}.",
        "The text ends where its part of the request ends: at a space or at CR LF.",
    )
    yield (
        len(more) > SHORT and more not in wrong.request and not _is_text(more),
        "memory",
        f"the {wrong.subject} holds {size} that stand nowhere in the request: memory after the"
        " string.",
        "End the string with NUL before it is used as one, or keep its length.",
    )
    yield True, "more_behind", f"the {wrong.subject} holds {size} more.", None


def more_before(wrong: Wrong) -> Recognised | None:
    found, wanted = wrong.found, wrong.wanted
    if len(wanted) < SHORT or wanted not in found:
        return None
    before, _, behind = found.partition(wanted)
    if before and not behind and any(request.endswith(before) for request, _ in wrong.before):
        return Recognised(
            "appended",
            f"The {wrong.subject} holds its former content, then the new one.",
            "Empty the file before you write: open it with mode w, or O_TRUNC.",
        )
    if before and not behind:
        return Recognised(
            "more_before", f"The {wrong.subject} holds {_named(before)} before the right text."
        )
    return Recognised(
        "wrapped", f"The {wrong.subject} holds the right text, with more before and after it."
    )


def _named(data: bytes) -> str:
    """The bytes themselves where they are few and can be seen, else how many they are."""
    return shown(data) if len(data) <= _FEW and _is_text(data) else count(len(data))


def zeros(wrong: Wrong) -> Recognised | None:
    """The first bytes, then NUL up to the right length: a buffer that was not filled."""
    found, wanted = wrong.found, wrong.wanted
    kept = found.rstrip(b"\0")
    if len(found) != len(wanted) or not wanted.startswith(kept) or len(kept) == len(found):
        return None
    return Recognised(
        "zeros",
        f"Only the first {count(len(kept))} of {len(wanted):,} are right; NUL bytes follow.",
        _read_on(wrong),
    )


def _characters(text: bytes) -> int:
    """How many characters it has as UTF-8; -1 where it is something else, or too long."""
    try:
        return len(text.decode()) if len(text) <= LONGEST else -1
    except UnicodeDecodeError:
        return -1


def shared_ends(found: bytes, wanted: bytes) -> tuple[int, int]:
    """How many bytes at the beginning are alike, and how many at the end that are none of those.

    >>> shared_ends(b"abXef", b"abcdef")
    (2, 2)
    """
    most = min(len(found), len(wanted))
    first = next((at for at in range(most) if found[at] != wanted[at]), most)
    rest = most - first
    last = next((at for at in range(rest) if found[-1 - at] != wanted[-1 - at]), rest)
    return first, last


def _is_text(data: bytes) -> bool:
    return all(0x20 <= byte < 0x7F or byte in b"\t\r\n" for byte in data)


OF_LONG_TEXTS = (empty, not_empty, zeros, short_length, one_read, beginning, end)
KINDS = (
    empty, not_empty, twice, one_line, zeros, short_length, one_read, beginning, end, more_behind,
    more_before, middle_lost,
)  # fmt: skip
