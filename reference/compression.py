"""Which content coding a client wants, and a middleware that applies it.

The client lists what it can undo, with weights from 0 to 1: `Accept-Encoding: gzip, deflate;q=0.5`.
The server chooses, and says what it chose: `Content-Encoding: gzip`. No coding at all has a name in
such a list, too: identity.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from .http1.messages import Handler, Request, Response

# In our order of preference. What HTTP calls deflate is the zlib format (RFC 9110 8.4.1.2), and 31
# is zlib's way to say gzip; without a name or a time in it, equal texts have equal bytes.
CODINGS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "gzip": partial(zlib.compress, wbits=31),
    "deflate": zlib.compress,
}
IDENTITY: Final = "identity"
# RFC 9110 12.4.2: from 0 to 1. It allows three decimals; more of them do no harm.
WEIGHT: Final = re.compile(r"(0(\.[0-9]*)?|1(\.0*)?)")
# RFC 9110 12.5.3: an identity that is not listed is acceptable. We take it to be wanted less than
# anything that is listed: 0.001 is the least weight that can be written.
UNLISTED_IDENTITY: Final = 0.0001


def compression(handler: Handler, request: Request) -> Response:
    """Middleware: compress each 200 of a text type that has a body, if the client accepts a
    coding (RFC 9110 8.4).

    One with an ETag is left alone: its tag names these very bytes (RFC 9110 8.8.3.3).
    """
    response = handler(request)
    is_text = response.headers.get("Content-Type").lower().startswith("text/")
    if (
        response.status != 200
        or not is_text
        or not response.body
        or "Content-Encoding" in response.headers
        or "ETag" in response.headers
    ):
        return response
    # Also when it is not compressed: a cache must not give this answer to a client that sends
    # another Accept-Encoding (RFC 9110 12.5.5).
    response = response.with_header("Vary", "Accept-Encoding")
    coding = best_coding(request.headers.get("Accept-Encoding"))
    if coding == IDENTITY:
        return response
    return replace(response, body=CODINGS[coding](response.body)).with_header(
        "Content-Encoding", coding
    )


def best_coding(accept_encoding: str) -> str:
    """The coding a client with this `Accept-Encoding` gets: one of CODINGS, or identity (RFC 9110
    12.5.3).

    The greatest weight wins, then our own preference. When the client refuses everything, identity:
    an answer it can refuse is better than none.
    """
    weights = _weights(accept_encoding)
    others = weights.get("*", 0.0)
    wanted = {coding: weights.get(coding, others) for coding in CODINGS}
    wanted[IDENTITY] = weights.get(IDENTITY, UNLISTED_IDENTITY)
    best = max(wanted, key=wanted.__getitem__)
    return best if wanted[best] > 0 else IDENTITY


def _weights(accept_encoding: str) -> dict[str, float]:
    members = (member.partition(";") for member in accept_encoding.lower().split(","))
    return {coding.strip(" \t"): _weight(parameters) for coding, _, parameters in members}


def _weight(parameters: str) -> float:
    """The value of `q`; 1 without one; 0 when it is malformed, so that we send what was clearly
    asked for."""
    for parameter in parameters.split(";"):
        name, _, value = (part.strip(" \t") for part in parameter.partition("="))
        if name == "q":
            return float(value) if WEIGHT.fullmatch(value) else 0.0
    return 1.0
