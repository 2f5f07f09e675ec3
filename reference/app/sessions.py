"""Sessions: what the server knows of a client from one request to the next.

A request says nothing of the client that sent it, until it has a cookie: a value that the server
hands out with `Set-Cookie`, and the client sends back (RFC 6265). This value is the session itself,
so nothing is kept here. Two things make that safe.

- It is signed. Everybody can read what is in the cookie, but only we know the key, so only we can
  write one that we take (RFC 2104).
- It ends. A copy of the cookie would live on after a logout; so the ids of the sessions that have
  ended are remembered until their cookies are too old anyway.
"""

import hmac
import json
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from ..http1.messages import Request, Response

COOKIE: Final = "session"
LIFETIME: Final = 24 * 60 * 60
# No script of a page can read it, and no other site can have it sent with a POST (RFC 6265 5.2.6).
ATTRIBUTES: Final = "Path=/; HttpOnly; SameSite=Lax"


@dataclass(slots=True)
class Session:
    """One client's. `values` can be changed, and is what JSON can hold."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    until: int = field(default_factory=lambda: int(time.time()) + LIFETIME)
    values: dict[str, int] = field(default_factory=dict)


class Sessions:
    """Hands sessions out in cookies, and takes them back. With the process, its key is gone, and
    with the key all sessions."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._ended: dict[str, int] = {}

    def of(self, request: Request) -> Session:
        """The session of the client. A new one if it has none, or one that is forged or over."""
        return self._known(request) or Session()

    def keep(self, session: Session, response: Response) -> Response:
        """The response, with the session for the client to keep."""
        held = json.dumps([session.id, session.until, session.values]).encode()
        text = urlsafe_b64encode(held).decode()
        return _with_cookie(response, f"{text}.{self._signature(text)}")

    def end(self, request: Request, response: Response) -> Response:
        """The response, with the order to forget the session; no copy of it counts any more."""
        now = time.time()
        for known, until in list(self._ended.items()):
            if until < now:
                self._ended.pop(known, None)
        if session := self._known(request):
            self._ended[session.id] = session.until
        return _with_cookie(response, "", "; Max-Age=0")

    def _known(self, request: Request) -> Session | None:
        sessions = map(self._read, cookies(request, COOKIE))
        return next(filter(None, sessions), None)

    def _read(self, value: str) -> Session | None:
        text, _, signature = value.partition(".")
        # `==` would take longer the more of a guess is right. This comparison does not tell.
        if not hmac.compare_digest(signature.encode(), self._signature(text).encode()):
            return None
        session = Session(*json.loads(urlsafe_b64decode(text)))
        return session if session.until > time.time() and session.id not in self._ended else None

    def _signature(self, text: str) -> str:
        return hmac.digest(self._key, text.encode(), "sha256").hex()


def cookies(request: Request, name: str) -> Iterator[str]:
    """The values of all cookies of this name (RFC 6265 4.2.1)."""
    for line in request.headers.get_all("Cookie"):
        for pair in line.split(";"):
            key, _, value = pair.strip(" \t").partition("=")
            if key == name:
                yield value


def _with_cookie(response: Response, value: str, more: str = "") -> Response:
    return response.with_header("Set-Cookie", f"{COOKIE}={value}; {ATTRIBUTES}{more}")
