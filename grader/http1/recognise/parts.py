"""A part of the right bytes, or the right bytes with more around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.http1.recognise.chunks import first_chunks
from grader.http1.recognise.first_bytes import AT_NUL, beginning, one_read, read_on, short_length
from grader.http1.recognise.wrong import SHORT, Recognised, Wrong, count
from grader.program.served_directory import first_difference
from grader.text.escape import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

_FAR = 1000
"""Bytes: what stands so far into a request may be beyond one read."""

_FEW = 20
_OF_TEXT = bytes([*range(0x20, 0x7F), *b"\t\r\n"])


def empty(wrong: Wrong) -> Recognised | None:
    if wrong.found:
        return None
    said = f"The {wrong.subject} is empty: {count(len(wrong.wanted))} should be in it."
    place = wrong.request.find(wrong.wanted)
    if wrong.wanted.startswith(b"\0"):
        where = "The first of them is NUL, where a string of C ends."
        return Recognised("empty_at_nul", f"{said} {where}", AT_NUL)
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


def one_line(wrong: Wrong) -> Recognised | None:
    line = wrong.found.rstrip(b"\r\n")
    if len(wrong.found) < SHORT or not wrong.wanted.startswith(line):
        return None
    lines = wrong.wanted.splitlines()
    if len(lines) < 2 or line != lines[0]:
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
        more == follows and more.startswith(b"?") and wrong.target.endswith(wrong.wanted + more),
        "query",
        f"the {wrong.subject} goes on with the query string.",
        "The path ends at the first question mark: cut the target there.",
    )
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
        read_on(wrong),
    )


def shared_ends(found: bytes, wanted: bytes) -> tuple[int, int]:
    """How many bytes at the beginning are alike, and how many at the end that are none of those.

    >>> shared_ends(b"abXef", b"abcdef")
    (2, 2)
    """
    first = first_difference(wanted, found)
    rest = min(len(found), len(wanted)) - first
    ends = (text[len(text) - rest :][::-1] for text in (wanted, found))
    return first, first_difference(*ends)


def _is_text(data: bytes) -> bool:
    return not data.translate(None, _OF_TEXT)


KINDS = (
    empty, not_empty, twice, one_line, zeros, short_length, one_read, first_chunks, beginning, end,
    more_behind, more_before, middle_lost,
)  # fmt: skip
