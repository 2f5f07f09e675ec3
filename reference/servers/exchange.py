"""The step that every server repeats: what has arrived in, what is to be sent out."""

import time

from ..http1.connection import Connection
from ..http1.messages import Handler, HTTPError, Response

RECEIVE_SIZE = 64 * 1024


def next_answer(connection: Connection, application: Handler) -> bytes | None:
    """The next bytes to send: an answer, or `100 Continue`; None while more bytes are needed.

    Ask again until it is None: several requests may have arrived at once.
    """
    try:
        request = connection.next_request()
    except HTTPError as error:
        return connection.send(dated(error.response))
    return connection.interim() if request is None else connection.send(dated(application(request)))


def dated(response: Response) -> Response:
    """The response with the current time, which a server that has a clock MUST send (RFC 9110
    6.6.1)."""
    return response.with_header("Date", time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime()))
