"""A client that keeps cookies, as a browser does (RFC 6265 5): it sends back what it was given."""

from __future__ import annotations

import re
import time
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.http1.session import Session
    from grader.http1.wire import Response

_BLANKS: Final = " \t"
_HOST: Final = "localhost"


class Cookie(Value, frozen=True):
    """What one Set-Cookie line says. attributes: their values, by their names in small letters."""

    name: str
    value: str
    attributes: Mapping[str, str]

    @classmethod
    def of(cls, line: str) -> Cookie:
        """The cookie of a line. Raises ValueError for one that a client ignores (RFC 6265 5.2).

        >>> Cookie.of("id=a1; Path=/; HttpOnly")
        Cookie(name='id', value='a1', attributes={'path': '/', 'httponly': ''})
        """
        pair, *rest = line.split(";")
        name, equals, value = pair.partition("=")
        if not equals or not name.strip(_BLANKS):
            raise ValueError(f"a cookie without a name: {line!r}")
        pairs = (one.partition("=")[::2] for one in rest)
        attributes = {key.strip(_BLANKS).lower(): text.strip(_BLANKS) for key, text in pairs}
        return cls(name.strip(_BLANKS), value.strip(_BLANKS), attributes)

    @property
    def is_over(self) -> bool:
        """Whether it tells the client to forget the cookie of its name."""
        if "max-age" in self.attributes:
            return re.fullmatch("0+|-[0-9]+", self.attributes["max-age"]) is not None
        try:
            return parsedate_to_datetime(self.attributes["expires"]).timestamp() <= time.time()
        except (KeyError, ValueError, OverflowError, TypeError, IndexError):
            return False

    def is_for(self, target: str) -> bool:
        """Whether it is sent with a request for this target (RFC 6265 5.1.4)."""
        path = self.attributes.get("path", "").rstrip("/")
        target = target.partition("?")[0]
        return not path.startswith("/") or target == path or target.startswith(f"{path}/")

    @property
    def why_not_sent(self) -> str:
        """Why a client on http://localhost does not send it back, as the end of a sentence."""
        attributes = self.attributes
        if "secure" in attributes:
            return "it is Secure, so clients send it over HTTPS only"
        if not self.is_for("/counter"):
            return f"its Path is {attributes['path']}"
        if attributes.get("domain", _HOST).lstrip(".").lower() not in (_HOST, ""):
            return f"its Domain is {attributes['domain']}"
        return ""


def set_cookies(response: Response) -> tuple[Cookie, ...]:
    """The cookies that an answer sets. A line without a name and `=` is a `Failure`."""
    try:
        return tuple(map(Cookie.of, response.header_values("Set-Cookie")))
    except ValueError as error:
        raise Failure(
            Kind.MISMATCH,
            "A Set-Cookie header has no name before the first =, so clients ignore it.",
            expected="Set-Cookie: name=value; ...",
            actual=response.head,
            cite="RFC 6265 5.2",
        ) from error


class CookieClient:
    """A client that sends back the cookies that it was given, each request on a connection of its
    own.

    cookies: the values that it sends, by their names. given: what was set last, by the names.
    """

    def __init__(self, session: Session, cookies: Mapping[str, str] | None = None) -> None:
        self._session = session
        self.cookies = dict(cookies or {})
        self.given: dict[str, Cookie] = {}

    def without(self, name: str) -> CookieClient:
        """Another client, with all of these cookies but the one of this name."""
        others = {other: value for other, value in self.cookies.items() if other != name}
        return CookieClient(self._session, others)

    def get(self, target: str) -> Response:
        return self._asked("GET", target, None)

    def post(self, target: str, body: bytes = b"") -> Response:
        return self._asked("POST", target, body)

    def _asked(self, method: str, target: str, body: bytes | None) -> Response:
        known = {it.name for it in self.given.values() if not it.is_for(target)}
        cookies = {name: value for name, value in self.cookies.items() if name not in known}
        sent = "; ".join(f"{name}={value}" for name, value in cookies.items())
        headers = [("Cookie", sent)] if sent else []
        request = self._session.build(method, target, headers=headers, body=body)
        answer = self._session.exchange(request, ends=False)
        self._take(answer)
        return answer

    def _take(self, answer: Response) -> None:
        for cookie in set_cookies(answer):
            self.given[cookie.name] = cookie
            if cookie.is_over:
                self.cookies.pop(cookie.name, None)
            elif not cookie.why_not_sent:
                self.cookies[cookie.name] = cookie.value
