"""The right text in another form: decoded, encoded, trimmed, in another case, as it is printed."""

from __future__ import annotations

import contextlib
import html
import json
import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes, unquote_to_bytes

from grader.http1.recognise.chunks import frame_kept
from grader.http1.recognise.wrong import Recognised, Wrong
from grader.program.served_directory import first_difference
from grader.text.escape import shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.check.failure import Hint

_BYTES = "Treat bodies as bytes from reading to writing; decode only the head."
_REPLACED = "\ufffd".encode()
_MARK = b"\xef\xbb\xbf"
_ESCAPE = re.compile(rb"%[0-9A-Fa-f]{2}")
_ASCII_SPACES = "Strip only spaces and tabs: the strip or trim of a text takes more away."
_NOT_ASCII = bytes(range(0x80, 0x100))
_TO_QUESTION_MARKS = bytes.maketrans(_NOT_ASCII, b"?" * len(_NOT_ASCII))
_SAMPLE = 4096
_AS_SENT = "Use the text as it was sent, with the spaces inside it."


def changed(wrong: Wrong) -> Recognised | None:
    """The first form of the right text that is what came."""
    if not wrong.wanted:
        return None
    for kind, sentence, hint, form in _FORMS:
        with contextlib.suppress(ValueError):
            if _begins_so(form, wrong) and form(wrong.wanted) == wrong.found:
                # what stood in the head is no body: the check's own hint knows more of it
                fits = hint is not _BYTES or not wrong.is_of_the_head
                said = sentence.format(it=wrong.subject)
                return Recognised(kind, said, hint if fits else None)
    return None


def _begins_so(form: Callable[[bytes], bytes], wrong: Wrong) -> bool:
    """Whether this form of the first of many bytes is what came first, up to where it depends on
    what follows: only then all of them are worth the time."""
    if len(wrong.wanted) <= _SAMPLE:
        return True
    try:
        first = form(wrong.wanted[:_SAMPLE])
    except ValueError:  # the sample ends within a character, or lacks what the form removes
        return True
    return wrong.found.startswith(first[: len(first) // 2])


def _replaced(text: bytes) -> bytes:
    return text.decode("utf-8", "replace").encode()


_Form = tuple[str, str, "Hint | None", "Callable[[bytes], bytes]"]


def _without_mark(text: bytes) -> bytes:
    """Raises ValueError where there is none."""
    if not text.startswith(_MARK):
        raise ValueError("no byte order mark")
    return text[len(_MARK) :]


def _without_nul(text: bytes) -> bytes:
    """Raises ValueError where there is none, or only at its end, where a string of C ends."""
    if b"\0" not in text.rstrip(b"\0"):
        raise ValueError("no NUL byte")
    return text.replace(b"\0", b"")


_FORMS: tuple[_Form, ...] = (
    ("mark_added", "A byte order mark (EF BB BF) stands before the text in the {it}.",
     "Encode the text as UTF-8 without a mark (in Python: utf-8, not utf-8-sig).",
     lambda text: _MARK + text),
    ("no_nul", "The NUL bytes of the {it} are missing.",
     "Keep the bytes in a buffer with a length: a shell and many text functions drop NUL.",
     _without_nul),
    ("mark", "The {it} lacks the byte order mark (EF BB BF) at the beginning of the text.", _BYTES,
     _without_mark),
    ("lower", "The {it} is the text in lower case.",
     "Compare names without their case, and keep values as they are.", bytes.lower),
    ("upper", "The {it} is the text in upper case.",
     "Compare names without their case, and keep values as they are.", bytes.upper),
    ("title", "Each word of the text got a first letter in upper case.", None,
     bytes.title),
    ("decoded", "Each non-ASCII byte of the {it} became EF BF BD: it was decoded as UTF-8 and"
     " encoded again.", _BYTES, _replaced),
    ("ignored", "The bytes of the {it} that are not UTF-8 are missing: they were ignored when it"
     " was decoded.", _BYTES, lambda text: text.decode("utf-8", "ignore").encode()),
    ("latin", "Each non-ASCII byte of the {it} became two bytes: it was decoded as Latin-1 and"
     " encoded as UTF-8.", _BYTES, lambda text: text.decode("latin-1").encode()),
    ("question_marks", "Each non-ASCII byte of the {it} became a question mark.", _BYTES,
     lambda text: text.translate(_TO_QUESTION_MARKS)),
    ("seven_bits", "The non-ASCII bytes of the {it} are missing.", _BYTES,
     lambda text: text.translate(None, _NOT_ASCII)),
    ("text_mode", "Each line end of the {it} became CR LF.",
     "Open files in binary mode, and write the bytes unchanged.",
     lambda text: text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")),
    ("universal", "Each CR LF of the {it} became LF.",
     "Open files in binary mode, and write the bytes unchanged.",
     lambda text: text.replace(b"\r\n", b"\n")),
    ("universal", "Each CR of the {it} became LF.",
     "Open files in binary mode, and write the bytes unchanged.",
     lambda text: text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")),
    ("joined", "The lines of the {it} came without their line ends.",
     "Do not split the body into lines: it is bytes, as many as Content-Length says.",
     lambda text: b"".join(text.splitlines())),
    ("joined", "The lines of the {it} came without their line ends.",
     "Do not split the body into lines: it is bytes, as many as Content-Length says.",
     lambda text: text.replace(b"\r\n", b"").replace(b"\n", b"")),
    ("trimmed", "The {it} lacks the spaces and line ends around the text.",
     "Do not trim the text: its spaces belong to it.", bytes.strip),
    ("trimmed", "The {it} lacks the spaces and line ends after the text.",
     "Do not trim the text: its spaces belong to it.", bytes.rstrip),
    ("trimmed", "The {it} lacks the spaces and line ends before the text.",
     "Do not trim the text: its spaces belong to it.", bytes.lstrip),
    ("trimmed_text", "The {it} lacks bytes at an end of the text that are spaces in Unicode, as 85"
     " and A0.", _ASCII_SPACES, lambda text: text.decode("latin-1").strip().encode("latin-1")),
    ("trimmed_text", "The {it} lacks characters at an end of the text that are spaces in Unicode.",
     _ASCII_SPACES, lambda text: text.decode("utf-8").strip().encode()),
    ("no_blanks", "The {it} is the text without its spaces.", _AS_SENT,
     lambda text: text.replace(b" ", b"")),
    ("one_blank", "Each run of spaces in the text became one space.", _AS_SENT,
     lambda text: b" ".join(text.split())),
    ("printed", "The {it} is b'...', which is how Python prints bytes.",
     ("Send the bytes themselves, or decode them; str() of bytes writes the b and the quotes.",
      "Look where the body is joined with text: str(...), an f-string, or a format.",
      "Others read a body or a path as bytes and put it into an f-string: decode() what becomes"
      " text, and send bytes as they are."),
     lambda text: repr(text).encode()),
    ("printed", "The {it} is the text in quotes, as a debugger prints it.",
     "Send the text itself, not its printed form.",
     lambda text: repr(text.decode("utf-8")).encode()),
    ("json", "The {it} is the text as JSON, in quotes.",
     "Send the text itself, not its printed form.",
     lambda text: json.dumps(text.decode("utf-8")).encode()),
    ("html", "The {it} is the text with &, < or > escaped for HTML.",
     "This answer is text/plain: send the text as it is.",
     lambda text: html.escape(text.decode("utf-8")).encode()),
    ("unquoted", "Each %XX of the text was decoded.",
     "Do not decode %XX here: return the text as it was sent.", unquote_to_bytes),
    ("plus", "Each + of the text became a space.",
     "A plus means a space in forms only; in a path it is a plus.",
     lambda text: text.replace(b"+", b" ")),
    ("quoted", "The {it} is the text with bytes written as %XX.", None,
     lambda text: quote_from_bytes(text).encode()),
    ("reversed", "The {it} is the text from its end to its beginning.", None,
     lambda text: text[::-1]),
)  # fmt: skip


def packed(wrong: Wrong) -> Recognised | None:
    """The right text, still compressed."""
    for kind, sentence, hint, window in _PACKED:
        with contextlib.suppress(zlib.error):
            if _inflated(window, wrong.found, len(wrong.wanted) + 1) == wrong.wanted:
                return Recognised(kind, sentence.format(it=wrong.subject), hint)
    return None


def _inflated(window: int, data: bytes, most: int) -> bytes:
    """At most so many bytes: a few may say that they are many."""
    return zlib.decompressobj(window).decompress(data, most)


_PACKED: tuple[tuple[str, str, str, int], ...] = (
    ("compressed", "The {it} is compressed with gzip, and no Content-Encoding says so.",
     "A compressed body needs Content-Encoding: gzip.", zlib.MAX_WBITS | 16),
    ("compressed", "The {it} is compressed with zlib, and no Content-Encoding says so.",
     "A compressed body needs a Content-Encoding.", zlib.MAX_WBITS),
)  # fmt: skip


_NOTHING = {
    b"None": "None, which is Python's word for no value",
    b"undefined": "undefined, which is JavaScript's word for no value",
    b"null": "null, which is a word for no value",
    b"nil": "nil, which is a word for no value",
    b"<nil>": "<nil>, which is Go's word for no value",
    b"(null)": "(null), which printf writes for a null pointer",
    b"[object Object]": "[object Object], which is how JavaScript writes an object as text",
    b"[object Promise]": "[object Promise]: the program did not await the value",
}


def no_value(wrong: Wrong) -> Recognised | None:
    if wrong.found not in _NOTHING:
        return None
    return Recognised("no_value", f"The {wrong.subject} is {_NOTHING[wrong.found]}.")


def decoded_twice(wrong: Wrong) -> Recognised | None:
    """The right text is the decoded one of the target, and it was decoded once more."""
    escape, sent = _ESCAPE.search(wrong.wanted), wrong.target
    if not escape or wrong.wanted in sent or not unquote_to_bytes(sent).endswith(wrong.wanted):
        return None
    if wrong.found != unquote_to_bytes(wrong.wanted):
        return None
    once = escape[0].decode()
    return Recognised(
        "decoded_twice",
        f"The text was decoded twice: %25{once[1:]} became {once}, and then"
        f" {shown(unquote_to_bytes(once))}.",
        "Decode once: look for a second unquote, also in a library that has decoded the path.",
    )


def decoded_here(wrong: Wrong) -> Recognised | None:
    """Something else has become of it, too; what came first is that it was decoded."""
    at = first_difference(wrong.wanted, wrong.found)
    begins = at - (wrong.wanted[at - 1 : at] == _REPLACED[:1])  # which both may begin with
    if _REPLACED in wrong.wanted or not wrong.found.startswith(_REPLACED, begins):
        return None
    return Recognised(
        "decoded_here",
        f"From byte {begins:,} on, what is not UTF-8 in the {wrong.subject} became EF BF BD: it was"
        " decoded and encoded again.",
        None if wrong.is_of_the_head else _BYTES,
    )


OTHERS = (decoded_here,)
KINDS = (no_value, frame_kept, packed, decoded_twice, changed)
