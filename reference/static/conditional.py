"""Conditional requests: the client holds a copy, and wants the file only if it has changed
(RFC 9110 13).

Each answer carries two validators, which change with the file: an ETag, a name for this version of
it, and Last-Modified. A client that comes again sends them back:

    If-None-Match: "18c9a7f2-1f4"
    If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT

If they still hold, the answer is 304 (Not Modified): a head, and no body.
"""

import calendar
import os
import re
import time
from typing import Final

from ..http1.headers import Headers
from ..http1.messages import Handler, Request, Response

# RFC 9110 8.8.3: W/ marks a weak tag, and the quotes belong to the tag. A comma may stand in it.
ENTITY_TAG: Final = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
# RFC 9110 5.6.7: the form that is sent, and two of the past that must still be understood.
DATES: Final = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")


def validators(file: os.stat_result) -> Headers:
    """The ETag and the Last-Modified of a file, by its size and its time.

    The time has whole seconds in Last-Modified (RFC 9110 8.8.2). The tag has the nanoseconds, so it
    tells apart two versions of one second. Last-Modified is never later than now (RFC 9110
    8.8.2.1).
    """
    modified = min(file.st_mtime, time.time())
    tag = f'"{file.st_mtime_ns:x}-{file.st_size:x}"'
    return Headers({"ETag": tag, "Last-Modified": http_date(modified)})


def conditional(handler: Handler, request: Request) -> Response:
    """Middleware: answer 304 instead of a 200 that the client already has.

    It looks at the validators that the 200 itself would carry, so the two cannot differ. HEAD is
    answered as GET; no other method can be (RFC 9110 13.1.2, 13.1.3).
    """
    response = handler(request)
    if response.status != 200 or request.method not in ("GET", "HEAD"):
        return response
    if not is_current(request.headers, response.headers):
        return response
    # By the tag the client finds its copy; what describes a body has no place here (RFC 9110
    # 15.4.5).
    return Response(304, headers=Headers(it for it in response.headers if it[0] == "ETag"))


def is_current(asked: Headers, validators: Headers) -> bool:
    """Whether the client's copy is the version that has these validators (RFC 9110 13.2.2).

    If-Modified-Since counts only without If-None-Match, which is the more exact of the two.
    """
    if "If-None-Match" in asked:
        return lists_tag(asked.get("If-None-Match"), validators.get("ETag"))
    since, modified = map(
        seconds, (asked.get("If-Modified-Since"), validators.get("Last-Modified"))
    )
    return since is not None and modified is not None and modified <= since


def lists_tag(if_none_match: str, etag: str) -> bool:
    """Whether the list names the tag, or is `*`, which is any tag (RFC 9110 13.1.2).

    The comparison is weak: `W/"a"` and `"a"` are the same (RFC 9110 8.8.3.2).
    """
    if if_none_match.strip(" \t") == "*":
        return True
    tag = ENTITY_TAG.fullmatch(etag)
    return tag is not None and tag[1] in ENTITY_TAG.findall(if_none_match)


def http_date(moment: float) -> str:
    """Seconds since 1970 as HTTP writes them: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 5.6.7)."""
    return time.strftime(DATES[0], time.gmtime(moment))


def seconds(date: str) -> int | None:
    """The seconds since 1970 of a date in one of the three forms; None for anything else.

    Dates are compared as numbers: as text, Friday comes before Monday.
    """
    for form in DATES:
        try:
            return calendar.timegm(time.strptime(date, form))
        except ValueError:
            continue
    return None
