"""Judgements on a counter that knows its clients by their cookies."""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Hint, Kind
from grader.http1.cookies import CookieClient
from grader.http1.expect.answers import decoded, status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from grader.http1.cookies import Cookie
    from grader.http1.session import Session
    from grader.http1.wire import Response

_LONGEST: Final = 9
_SHOWN: Final = 80
_NEAR: Final = 1 << 32
"""Two ids are in sequence when they are no further apart, as numbers."""


def count_of(response: Response, hint: Hint | None = None) -> int:
    """The number that a 200 answer is: decimal digits, and white space around them."""
    status(response, 200, hint=hint)
    found = decoded(response).strip()
    if not (found.isdigit() and len(found) <= _LONGEST):
        raise Failure(
            Kind.MISMATCH,
            "The body is not a number.",
            expected="the count alone, in decimal digits",
            actual=decoded(response),
            hint=hint,
        )
    return int(found)


def counts(
    client: CookieClient,
    wanted: int,
    who: str,
    hint: Hint | None = None,
    *,
    by_hand: str | None = None,
) -> Response:
    """The next GET /counter of this client is answered with this number. `who` ends the sentence
    "The counter says 1, not 2, for ...". by_hand: as of a `Failure`."""
    came_with = dict(client.cookies)
    answer = client.get("/counter")
    found = count_of(answer, hint)
    if found != wanted:
        why = _why(client, came_with) if wanted > 1 else ""
        raise Failure(
            Kind.MISMATCH,
            f"The counter says {found}, not {wanted}, for {who}{why}.",
            expected=str(wanted),
            actual=decoded(answer),
            hint=hint,
            by_hand=by_hand,
        )
    return answer


def _why(client: CookieClient, came_with: dict[str, str]) -> str:
    """What the client could not send back, and why."""
    for cookie in client.given.values():
        if cookie.name not in came_with and cookie.why_not_sent:
            why = cookie.why_not_sent[:_SHOWN]
            return f". It does not send the cookie {cookie.name[:_SHOWN]} back: {why}"
    if not came_with:
        return ". No Set-Cookie header came, so the client has no cookie to send back"
    return ""


def cookie_attribute(
    cookies: Iterable[Cookie], name: str, value: str, hint: Hint | None = None
) -> None:
    """Each of these cookies has this attribute, in any case; any value where `value` is empty."""
    written = f"{name}={value}" if value else name
    for cookie in cookies:
        found = cookie.attributes.get(name.lower())
        if found is None or (value and found != value):
            has = f"{name}={found}" if found else f"no {name}"
            raise Failure(
                Kind.MISMATCH,
                f"The cookie {cookie.name[:_SHOWN]} has {has[:_SHOWN]}.",
                expected=f"Set-Cookie: {cookie.name}=...; {written}",
                actual="; ".join(
                    [f"Set-Cookie: {cookie.name}=...", *map("=".join, cookie.attributes.items())]
                ),
                hint=hint,
            )


def cannot_be_guessed(values: Sequence[str], hint: Hint | None = None) -> None:
    """No two of these values, given out one after the other, are alike, and they are no sequence of
    numbers."""
    if len(set(values)) < len(values):
        twice = next(value for value in values if values.count(value) > 1)
        raise _guessed("Two clients were given the same cookie.", twice, twice, hint)
    numbers = _as_numbers(values)
    steps = [after - before for before, after in pairwise(numbers)]
    if steps and (all(0 < it < _NEAR for it in steps) or all(-_NEAR < it < 0 for it in steps)):
        what = "The cookies of clients are in sequence: from one a client can guess the next."
        raise _guessed(what, values[0], values[1], hint)


def _guessed(problem: str, first: str, second: str, hint: Hint | None) -> Failure:
    return Failure(
        Kind.MISMATCH,
        problem,
        expected="values of a random generator for secrets",
        actual=f"{first} and then {second}",
        hint=hint,
    )


def _as_numbers(values: Sequence[str]) -> list[int]:
    """What differs in these values, as numbers; empty where it is none."""
    longest = min(map(len, values))
    start = next((at for at in range(longest) if len({it[at] for it in values}) > 1), longest)
    end = next(
        (at for at in range(longest - start) if len({it[-1 - at] for it in values}) > 1),
        longest - start,
    )
    parts = [value[start : len(value) - end].replace(".", "") for value in values]
    for base in (10, 16):
        try:
            return [int(part, base) for part in parts]
        except ValueError:
            continue
    return []


def seen_count(text: str, wanted: str, hint: Hint | None = None) -> None:
    """The text that an ordinary client has got is this number."""
    if text.strip() != wanted:
        raise Failure(
            Kind.MISMATCH,
            f"The client (Python requests) got {text.strip()[:40]!r}, not {wanted}: it sends its"
            " requests on one connection, as long as that stays open.",
            expected=wanted,
            actual=text,
            hint=hint,
        )


def session_cookies(session: Session) -> tuple[Cookie, ...]:
    """The cookies by which a new client is known again: those without which it is a new one."""
    client = CookieClient(session)
    status(client.get("/counter"), 200)
    kept = {name: client.given[name] for name in client.cookies}
    if not kept:
        counts(client, 2, "one client that sends its cookies back")
    needed = [it for it in kept.values() if len(kept) > 1 and _is_new_without(client, it)]
    return tuple(needed or kept.values())


def _is_new_without(client: CookieClient, cookie: Cookie) -> bool:
    return count_of(client.without(cookie.name).get("/counter")) == 1


def count_is_in_the_cookie(session: Session) -> bool:
    """Whether the server keeps nothing: the same cookie is answered with the same count again."""
    client = CookieClient(session)
    client.get("/counter")
    again = [CookieClient(session, client.cookies) for _ in range(2)]
    return len({count_of(it.get("/counter")) for it in again}) == 1


def invented_cookies(session: Session) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of the cookies of a session, each with values that were never given out."""
    for cookie in session_cookies(session):
        word = session.random.word(len(cookie.value))
        count = session.random.number(2, 90)
        sealed = base64.b64encode(f'{{"count": {count}}}'.encode()).decode()
        yield cookie.name, (word, str(count), "0", sealed, f'{{"count":{count}}}', "-1")


def altered_values(value: str) -> tuple[str, ...]:
    """The value with one character replaced, at several places. None is at the end: the last
    characters of base64 hold bits that mean nothing."""
    places = {0, len(value) // 4, len(value) // 2, len(value) * 3 // 4}
    return tuple(
        f"{value[:at]}{'b' if value[at] not in 'bB' else 'a'}{value[at + 1 :]}"
        for at in sorted(places)
        if at < len(value)
    )


def accepted(response: Response, hint: Hint | None = None) -> None:
    """The request is not refused: the status is 2xx, or it leads to another page (3xx)."""
    if not 200 <= response.status < 400:
        status(response, 200, 204, 303, hint=hint)
