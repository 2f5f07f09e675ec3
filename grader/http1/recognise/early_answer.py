"""An answer that came before the body had been sent: its server has not read the body. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from grader.check.transcript import Direction
from grader.text.layout import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.check.transcript import Entry

_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d{1,9})\r\n", re.IGNORECASE)
_STORED: Final = re.compile(rb"HTTP/1\.\d (2\d\d) ")
_HEAD_END: Final = b"\r\n\r\n"


def early_answer(entries: Sequence[Entry]) -> str:
    """A clause on the last connection whose request was answered with success before its body had
    been sent; empty when there is none."""
    for number in sorted({it.connection for it in entries}, reverse=True):
        if said := _early([it for it in entries if it.connection == number]):
            return said
    return ""


def _early(entries: Sequence[Entry]) -> str:
    came = [at for at, it in enumerate(entries) if it.direction is Direction.RECEIVED]
    answer = _STORED.match(entries[came[0]].data) if came else None
    if answer is None:
        return ""
    before = [it for it in entries[: came[0]] if it.direction is Direction.SENT]
    head, end, body = b"".join(it.data for it in before).partition(_HEAD_END)
    length = _LENGTH.search(head + b"\r\n") if end else None
    if length is None or any(it.left_out for it in before) or len(body) >= int(length[1]):
        return ""
    said = counted(int(length[1]), "byte")
    sent = f"only {len(body)}" if body else "none"
    return (
        f"the {answer[1].decode()} came before the body: Content-Length says {said}, and {sent} had"
        " been sent"
    )
