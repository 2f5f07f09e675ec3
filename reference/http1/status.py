"""The status codes of this server: their reason phrases, and which of them never have a body."""

from typing import Final

REASONS: Final = {
    100: "Continue",
    200: "OK",
    201: "Created",
    204: "No Content",
    304: "Not Modified",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    414: "URI Too Long",
    417: "Expectation Failed",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    505: "HTTP Version Not Supported",
    507: "Insufficient Storage",
}


def reason(status: int) -> str:
    """The phrase that goes with a status; for one we do not know none, which is allowed (RFC 9112
    4)."""
    return REASONS.get(status, "")


def has_body(status: int) -> bool:
    """Whether an answer with this status can have a body: 1xx, 204, 304 cannot (RFC 9112 6.3)."""
    return status >= 200 and status not in (204, 304)
