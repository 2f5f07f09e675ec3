"""Whether requests are valid HTTP: what the servers' side of h11 reads, and the grammars that it
does not look at."""

from __future__ import annotations

import re
from typing import Final

import h11

# RFC 9110 12.5.3 and 12.4.2; no blank may stand around "=".
_WEIGHT: Final = r"(?:[ \t]*;[ \t]*q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?"
_CODING: Final = rf"(?:[!#$%&'*+.^_`|~\w-]+{_WEIGHT})?"
ACCEPT_ENCODING: Final = re.compile(rf"{_CODING}(?:[ \t]*,[ \t]*{_CODING})*", re.ASCII)


def complaint_of_h11(data: bytes) -> str:
    """What h11 has against these requests; nothing, when they are valid or the beginning of what
    may be."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 24)
    connection.receive_data(data)
    try:
        while (
            connection.our_state is not h11.MUST_CLOSE
            and (event := connection.next_event()) is not h11.NEED_DATA
        ):
            if isinstance(event, h11.EndOfMessage):
                connection.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
                connection.send(h11.EndOfMessage())
                if connection.our_state is h11.DONE:
                    connection.start_next_cycle()
    except h11.RemoteProtocolError as error:
        return str(error)
    return ""
