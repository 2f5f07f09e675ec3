"""mirror: the head of every request comes back as the body of its answer, byte for byte.

There is nothing to do here but to send it: the parser reads until the empty line, however the bytes
arrive, keeps what it has read, and refuses what is too long. The media type is that of a request
that is shown (RFC 9112 10.1).
"""

from functools import partial
from typing import Final

from ..http1.headers import Headers
from ..http1.messages import Request, Response
from ..web import HTTPConversation


def mirror(request: Request) -> Response:
    """The head of the request, its empty line included."""
    return Response(200, request.head, Headers({"Content-Type": "message/http"}))


Mirror: Final = partial(HTTPConversation, mirror)
