"""Judgements on an answer that is a point in time, as RFC 3339 writes one."""

from __future__ import annotations

import re
import time
from datetime import datetime
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.expect.answers import decoded, status
from grader.system.patience import Deadline, wait
from grader.text.escape import shown

if TYPE_CHECKING:
    from grader.http1.session import Session
    from grader.http1.wire import Response

_GRACE_S: Final = 1.0  # many write whole seconds
_LATER_S: Final = 2.1  # and of these, two must have gone by
_QUARTER_S: Final = 900
_EXAMPLE: Final = "a time such as 2026-03-01T12:30:05Z or 2026-03-01T14:30:05.25+02:00"
_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)?", re.ASCII
)
"""A space in place of the T is a choice that RFC 3339 5.6 leaves to an application."""


def rfc_3339(response: Response, hint: Hint | None = None) -> float:
    """The point in time that a 200 answer is, in seconds since 1970. White space around it is
    free."""
    status(response, 200, hint=hint)
    text = decoded(response).decode("latin-1").strip()
    found = _TIME.fullmatch(text)
    if found and not found[5]:
        raise _no_time(
            response,
            f"The time {text} has no offset from UTC: nothing says of which time zone it is.",
            "Write Z after a time in UTC, or its offset from UTC, such as +02:00.",
        )
    seconds = _seconds(found) if found else None
    if seconds is None:
        raise _no_time(response, f"The body is no RFC 3339 time: {_described(text)}.", hint)
    return seconds


def current_time(session: Session, target: str, hint: Hint | None = None) -> None:
    """GET `target` answers with a point in time between the request and its answer, and does so
    again two seconds later."""
    first = _asked(session, target, hint)
    wait(session.server.program.wait_exit, Deadline(_LATER_S, session.server.look))
    _asked(session, target, hint, first)


def _asked(session: Session, target: str, hint: Hint | None, earlier: str = "") -> str:
    """The time that is answered, as text. earlier: what was answered before."""
    before = time.time()
    answer = session.get(target, ends=False)
    after = time.time()
    found = rfc_3339(answer, hint)
    text = decoded(answer).decode("latin-1").strip()
    if text == earlier:
        raise Failure(
            Kind.MISMATCH,
            f"The time is the same as {_LATER_S:.0f} s before: your server took it only once.",
            expected="a later time",
            actual=decoded(answer),
            hint=hint,
        )
    early, late = min(before, after) - found, found - max(before, after)
    if early > _GRACE_S or late > _GRACE_S:
        raise _not_now(answer, early if early > 0 else -late, hint)
    return text


def _seconds(found: re.Match[str]) -> float | None:
    """None where there is no such day, hour or offset. A leap second counts as the one before."""
    second = "59" if found[3] == "60" else found[3]
    text = f"{found[1]}T{found[2]}:{second}{found[5].upper().replace('Z', '+00:00')}"
    try:
        return datetime.fromisoformat(text).timestamp() + float(f"0{found[4] or ''}")
    except (ValueError, OverflowError):
        return None


def _described(text: str) -> str:
    if not text:
        return "it is empty"
    if text.isdecimal():
        return f"it is the number {text[:40]}"
    if text[:1] == text[-1:] == '"':
        return "it is in quotes, as JSON"
    return f"it is {shown(text.encode('latin-1'), 60)}"


def _no_time(response: Response, summary: str, hint: Hint | None) -> Failure:
    return Failure(
        Kind.MISMATCH, summary, expected=_EXAMPLE, actual=decoded(response), hint=hint,
        cite="RFC 3339 5.6",
    )  # fmt: skip


def _not_now(response: Response, behind_s: float, hint: Hint | None) -> Failure:
    """The failure for a time that lies so far before the request, or after the answer."""
    far = f"{_span(abs(behind_s))} {'before the request' if behind_s > 0 else 'after the answer'}"
    off = abs(behind_s) % _QUARTER_S
    of_a_zone = min(off, _QUARTER_S - off) < 5 and _QUARTER_S - 5 < abs(behind_s) < 15 * 3600
    why = ": it is the time of a time zone, with the offset of another one" if of_a_zone else ""
    return Failure(
        Kind.MISMATCH,
        f"The time lies {far}{why}.",
        expected="the time between the request and its answer",
        actual=decoded(response),
        hint=(
            "Ask for the time in UTC and write Z, or write the offset of the zone whose time it is."
            if of_a_zone
            else hint
        ),
    )


def _span(seconds: float) -> str:
    """
    >>> _span(1.5), _span(7200), _span(19800), _span(2e6)
    ('1.5 s', '2 h', '5 h 30 min', '23 days')
    """
    if seconds < 90:
        return f"{seconds:.1f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours > 48:
        return f"{hours // 24} days"
    parts = (f"{hours} h" if hours else "", f"{minutes} min" if minutes else "")
    return " ".join(filter(None, parts))
