"""A small HTTP/1.1 server, for reading.

>>> from reference import HTTPServer, Response
>>> server = HTTPServer("127.0.0.1", 4221)
>>> @server.route("/hello/{name}")
... def hello(request, name):
...     return Response.text(f"hello, {name}")
>>> server.start(print)  # prints the address; Ctrl-C stops it

The bytes take this way, and so can you: `transports/` moves them, `http1/` makes requests of them
and bytes of responses, `web.py` finds the handler, `course.py` holds the handlers. `README.md` is a
guided tour.
"""

from .http1.headers import Headers
from .http1.messages import HTTPError, Request, Response
from .server import HTTPServer
from .web import Application

__all__ = ["Application", "HTTPError", "HTTPServer", "Headers", "Request", "Response"]
