"""What the author of a check imports: nothing else of the grader is for them, and nothing in the
grader imports this."""

from grader.check.declaration import ADVICE, REQUIRED, check
from grader.check.failure import Failure, Hint, Kind
from grader.http1 import expect
from grader.http1.connection import Connection
from grader.http1.cookies import Cookie, CookieClient
from grader.http1.session import Session
from grader.http1.wire import Request, Response
from grader.value import replace

__all__ = [
    "ADVICE",
    "REQUIRED",
    "Connection",
    "Cookie",
    "CookieClient",
    "Failure",
    "Hint",
    "Kind",
    "Request",
    "Response",
    "Session",
    "check",
    "expect",
    "replace",
]
