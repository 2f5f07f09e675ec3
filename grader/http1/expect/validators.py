"""What an answer says of the version of a file, and dates as HTTP writes them (RFC 9110 8.8)."""

from __future__ import annotations

import re
import shlex
import time
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.http1.expect.answers import status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.check.failure import Hint
    from grader.http1.wire import Response

_TAG: Final = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_DATE: Final = "%a, %d %b %Y %H:%M:%S GMT"
_OLD_DATES: Final = ("%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y")


def http_date(moment: int) -> str:
    """Seconds since 1970 as they are written today.

    >>> http_date(784111777)
    'Sun, 06 Nov 1994 08:49:37 GMT'
    """
    return time.strftime(_DATE, time.gmtime(moment))


def old_dates(moment: int) -> tuple[str, ...]:
    """The same in the two forms of the past that a server still has to understand (RFC 9110 5.6.7).

    >>> old_dates(784111777)
    ('Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994')
    """
    return tuple(time.strftime(form, time.gmtime(moment)) for form in _OLD_DATES)


def validator(response: Response, hint: Hint | None = None) -> None:
    """The answer says which version of the file it holds: ETag, Last-Modified, or both."""
    if not (response.header("ETag") or response.header("Last-Modified")):
        raise Failure(
            Kind.MISMATCH,
            "The answer has neither an ETag nor a Last-Modified header.",
            expected="ETag: ... or Last-Modified: ...",
            actual=response.head,
            hint=hint,
        )


def not_modified(response: Response, asked: str, hint: Hint | None = None) -> None:
    """304: the client has this version. asked: the condition that it sent, as a header."""
    if response.status == 200:
        raise Failure(
            Kind.MISMATCH,
            f"The file was sent once more, but the client has this version: it sent {asked}.",
            expected="status 304",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
        )
    status(response, 304, hint=hint)


def no_304(
    response: Response, why: str, hint: Hint | None = None, *, by_hand: str | None = None
) -> None:
    """The answer is not 304; `why` ends the sentence "The answer is 304, but ...". by_hand: as of a
    `Failure`."""
    if response.status == 304:
        raise Failure(
            Kind.MISMATCH,
            f"The answer is 304, but {why}.",
            expected="another status",
            actual=response.head,
            offset=response.head.find(b" ") + 1,
            hint=hint,
            by_hand=by_hand,
        )


def change_by_hand(
    name: str, moment: int, headers: Iterable[tuple[str, str]], size: int | None = None
) -> str:
    """Commands that get a file of the served directory, change it as if at this moment, and get it
    again with these headers. What a server has sent in them is quoted for the shell. size: the
    bytes of the changed file, where they matter."""
    written = "echo changed" if size is None else f"printf %0{size}d 0"
    url = f"http://localhost:{{port}}/{name}"
    options = "".join(f" -H {shlex.quote(f'{header}: {value}')}" for header, value in headers)
    return (
        f"curl -i {url}; echo\n"
        f'{written} > "$DIR"/{name}; touch -d @{moment} "$DIR"/{name}\n'
        f"curl -m 5 -i{options} {url}"
    )


def entity_tag(tag: str, hint: Hint | None = None) -> None:
    """The value of an ETag has quotes, and W/ before them at most (RFC 9110 8.8.3)."""
    if not _TAG.fullmatch(tag):
        raise Failure(
            Kind.MISMATCH,
            f"The ETag is not in quotes: {tag}.",
            expected='ETag: "..."',
            actual=f"ETag: {tag}",
            hint=hint,
        )


def date_of(value: str, moment: int, hint: Hint | None = None) -> None:
    """The value of Last-Modified is the time of the file, in seconds since 1970."""
    if value != http_date(moment):
        raise Failure(
            Kind.MISMATCH,
            "The Last-Modified header is not the time of the file.",
            expected=f"Last-Modified: {http_date(moment)}",
            actual=f"Last-Modified: {value}",
            hint=hint,
        )
