"""Says another date in every answer, centuries before and after, and dates its files likewise."""

import itertools
import os

from attempt import serve

DATES = itertools.cycle([b"Thu, 01 Jan 1970 00:00:00 GMT", b"Fri, 31 Dec 9999 23:59:59 GMT", b"yesterday"])


def answer() -> bytes:
    os.utime(__file__, (2**33, 2**33))
    return b"HTTP/1.1 200 OK\r\nDate: " + next(DATES) + b"\r\nContent-Length: 0\r\n\r\n"


serve(answer)
