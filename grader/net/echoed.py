"""What became of bytes that should come back unchanged, whatever protocol brought them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.program.served_directory import first_difference
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.check.failure import Hint

_FORMS: Final[tuple[tuple[Callable[[bytes], bytes], str], ...]] = (
    (
        lambda sent: str(sent).encode(),
        "Your server sent the text that Python prints for the bytes, b'...', and not the bytes.",
    ),
    (
        lambda sent: str(list(sent)).encode(),
        "Your server sent the numbers of the bytes as a text, and not the bytes.",
    ),
    (
        lambda sent: sent.replace(b"\r\n", b"\n"),
        "Each \\r\\n became \\n: your server reads or writes text, and not bytes.",
    ),
    (
        lambda sent: sent.replace(b"\r\n", b"\n").replace(b"\r", b"\n"),
        "Each \\r became \\n: your server reads or writes text, and not bytes.",
    ),
    (
        lambda sent: sent.replace(b"\n", b"\r\n"),
        "Each \\n became \\r\\n: your server writes text, and not bytes.",
    ),
    (
        lambda sent: sent.decode("utf-8", "replace").encode(),
        "What is not UTF-8 became EF BF BD: your server decodes the bytes to text and encodes them"
        " again.",
    ),
    (
        lambda sent: sent.decode("utf-8", "ignore").encode(),
        "What is not UTF-8 is missing: your server decodes the bytes to text and encodes them"
        " again.",
    ),
    (
        lambda sent: sent.decode("utf-8", "replace").encode("ascii", "replace"),
        "Each letter beyond ASCII became a question mark: encode the text as UTF-8.",
    ),
    (
        lambda sent: sent.decode("latin-1").encode(),
        "Each byte from 80 to FF became two: your server decodes the bytes as Latin-1 and encodes"
        " them as UTF-8.",
    ),
    (
        lambda sent: sent.partition(b"\0")[0],
        "What follows the first zero byte is missing: strlen and %s stop there. Use the number of"
        " bytes that recv returned.",
    ),
    (lambda sent: sent.rstrip(), "White space is missing at the end: send back every byte."),
    (lambda sent: sent.lstrip(), "White space is missing at the start: send back every byte."),
    (lambda sent: sent.strip(), "White space is missing at the ends: send back every byte."),
    (
        lambda sent: sent.strip() + b"\n" if sent.strip() != sent else sent,
        "White space became one line end: your server strips what came. Send back every byte.",
    ),
    (lambda sent: sent.upper(), "The letters became capital letters: send back what came."),
    (lambda sent: sent + b"\n", "Your server added a line end: send back what came, and no more."),
    (lambda sent: sent + b"\0", "Your server added a zero byte: send as many bytes as came."),
    (lambda sent: sent[::-1], "The bytes came back in reverse order."),
    (lambda sent: sent + sent, "The bytes came back twice."),
)
"""What programs make of bytes, and what is said to it."""

_BEGINS: Final = 4
"""Bytes that say where an answer begins: fewer may be there by chance."""


def what_changed(sent: bytes, came: bytes, *, begun: bool = False) -> str:
    """What became of the bytes, as a sentence; empty where that is not known. begun: of what came
    only the beginning is there.

    >>> what_changed(b"fig\\n", b"fig")
    'White space is missing at the end: send back every byte.'
    """
    for form, said in _FORMS:
        changed = form(sent)
        if changed != sent and (changed[: len(came)] if begun else changed) == came:
            return said
    return ""


def changed(sent: bytes, came: bytes, hint: Hint | None, *, begun: bool = False) -> Failure:
    """The failure for what came back and is not what was sent."""
    offset = first_difference(sent, came)
    said = (
        what_changed(sent, came, begun=begun)
        or _moved(sent, came)
        or f"Other bytes came back than were sent: they differ from byte {offset} on."
    )
    return Failure(Kind.MISMATCH, said, expected=sent, actual=came, offset=offset, hint=hint)


def _moved(sent: bytes, came: bytes) -> str:
    """What is said to bytes before or after those that were sent; empty without any.

    >>> _moved(b"apple\\n", b"echo: apple\\n")
    'Your server added 6 bytes at the start: send back what came, and no more.'
    """
    after, before = came[len(sent) :], came.find(sent[:_BEGINS])
    if came.startswith(sent) and after:
        if not after.strip(b"\0"):
            size = counted(len(after), "zero byte")
            return f"Your server added {size} at the end: send as many bytes as came."
        added = f"{counted(len(after), 'byte')} at the end"
    elif before > 0 and sent.startswith(came[before:][: len(sent)]):
        added = f"{counted(before, 'byte')} at the start"
    else:
        return ""
    return f"Your server added {added}: send back what came, and no more."
