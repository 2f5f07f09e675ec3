"""The opening handshake of RFC 6455 4: what a client sends, and what a server must answer. Pure."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Final

from grader.check.failure import Failure, Kind
from grader.http1.recognise import WrongStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.check.failure import Hint
    from grader.http1.wire import Response
    from grader.http1.wire.request import Pair

GUID: Final = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_OF_THE_RFC: Final = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
_ACCEPT: Final = "Sec-WebSocket-Accept"
_SWITCHED: Final = (
    "Answer with HTTP/1.1 101 Switching Protocols, Upgrade: websocket, Connection: Upgrade and"
    f" {_ACCEPT}, then an empty line."
)
_COMPUTE: Final = (
    f"Join the key as it was sent and {GUID}, without a blank between. Take the 20 bytes of its"
    " SHA-1, and encode them with Base64."
)


def accept_of(key: str) -> str:
    """What a server makes of a key (RFC 6455 4.2.2).

    >>> accept_of("dGhlIHNhbXBsZSBub25jZQ==")
    's3pPLMBiTxaQ9kYGzzhZRbK+xOo='
    """
    return _base64(_sha1(key + GUID))


def client_headers(key: str, *, version: str = "13") -> tuple[Pair, ...]:
    """What a client sends besides Host (RFC 6455 4.1)."""
    return (
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", key),
        ("Sec-WebSocket-Version", version),
    )


def judge(response: Response, key: str, hint: Hint | None = None) -> None:
    """The answer opens a WebSocket for this key; raises `Failure`. hint: to another status."""
    if response.status != 101:
        raise WrongStatus(response, (101,), hint=hint or _SWITCHED)
    _has_token(response, "Upgrade", "websocket")
    _has_token(response, "Connection", "upgrade")
    _accepts(response, key)
    for name in ("Sec-WebSocket-Extensions", "Sec-WebSocket-Protocol"):
        if (value := response.header(name)) is not None:
            raise _wrong(
                response,
                f"The answer has {name}: {value}, but the client offered none.",
                f"no {name} header",
                f"Send {name} only with one of the names that the client sent in this header.",
            )


def _has_token(response: Response, name: str, token: str) -> None:
    value = response.header(name)
    if token in response.tokens(name):
        return
    said = f"The answer has {name}: {value}" if value is not None else f"The answer has no {name}"
    wanted = "Upgrade" if token == "upgrade" else token
    raise _wrong(
        response,
        f"{said}; expected {name}: {wanted}.",
        f"{name}: {wanted}",
        _SWITCHED,
    )


def _accepts(response: Response, key: str) -> None:
    value, wanted = response.header(_ACCEPT), accept_of(key)
    if value == wanted:
        return
    if value is None:
        said = f"The answer has no {_ACCEPT}"
    else:
        said = f"{_ACCEPT} is wrong for the key {key}: {_made_of(value, key)}"
    raise _wrong(response, f"{said}.", f"{_ACCEPT}: {wanted}", _COMPUTE)


def _made_of(value: str, key: str) -> str:
    """How the wrong value was made of the key, as a clause; that it is not known where it is
    not."""
    return next(
        (said for make, said in _MISTAKES if _is_made(value, make, key)),
        f"it is {value[:60]!r}, and has to be the Base64 of the SHA-1 of the key and the fixed text"
        " of RFC 6455",
    )


def _is_made(value: str, make: Callable[[str], str], key: str) -> bool:
    try:
        return value == make(key)
    except ValueError:
        return False


def _sha1(text: str) -> bytes:
    return hashlib.sha1(text.encode(), usedforsecurity=False).digest()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _of_decoded(key: str) -> str:
    decoded = base64.b64decode(key) + GUID.encode()
    return _base64(hashlib.sha1(decoded, usedforsecurity=False).digest())


_MISTAKES: Final[Sequence[tuple[Callable[[str], str], str]]] = (
    (
        lambda _: _OF_THE_RFC,
        "it is the one of the example in the RFC, which belongs to another key",
    ),
    (lambda key: key, "it is the key itself, unchanged"),
    (lambda key: _base64(_sha1(key)), "the fixed text after the key is missing"),
    (lambda key: _base64(_sha1(GUID + key)), "the fixed text stands before the key, not after it"),
    (
        lambda key: _base64(_sha1(key + GUID.lower())),
        "the fixed text is in small letters; it has capital letters",
    ),
    (lambda key: _base64(_sha1(f"{key} {GUID}")), "a blank stands between the key and the text"),
    (lambda key: _base64(_sha1(f"{key}\r\n{GUID}")), "the line end of the header is in it"),
    (lambda key: _base64(_sha1(f" {key}{GUID}")), "the blank before the key is in it"),
    (lambda key: _base64(_sha1(key.lower() + GUID)), "the key was made lower-case before"),
    (_of_decoded, "the key was decoded from Base64 before; take it as it was sent"),
    (lambda key: _sha1(key + GUID).hex(), "it is the SHA-1 in hexadecimal, not in Base64"),
    (
        lambda key: _base64(_sha1(key + GUID).hex().encode()),
        "the hexadecimal text of the SHA-1 was encoded, not its 20 bytes",
    ),
    (
        lambda key: _base64(hashlib.sha256((key + GUID).encode()).digest()),
        "it is made with SHA-256, not with SHA-1",
    ),
    (
        lambda key: _base64(hashlib.md5((key + GUID).encode(), usedforsecurity=False).digest()),
        "it is made with MD5, not with SHA-1",
    ),
    (lambda key: _base64((key + GUID).encode()), "the SHA-1 is missing, only Base64 was done"),
    (
        lambda key: base64.urlsafe_b64encode(_sha1(key + GUID)).decode(),
        "it has - or _ of another Base64; use the one with + and /",
    ),
    (lambda key: _base64(_sha1(key + GUID)).rstrip("="), "the = at its end is missing"),
)
"""What programs make of a key, and what is said to it."""


def _wrong(response: Response, summary: str, expected: str, hint: str) -> Failure:
    return Failure(
        Kind.MISMATCH,
        summary,
        expected=expected,
        actual=response.head,
        hint=hint,
        hint_alone=True,
        cite="RFC 6455 4.2.2",
    )
