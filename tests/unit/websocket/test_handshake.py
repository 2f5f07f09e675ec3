"""What is said to the answer to a WebSocket's handshake."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from websockets.utils import accept_key

from grader.check.failure import Failure
from grader.http1.wire import Response, ResponseReader
from grader.websocket.handshake import GUID, accept_of, judge

KEY = "x3JJHMbDL1EzLkh9GBhXDw=="


def answer(accept: str | None, status: int = 101, *others: str) -> Response:
    lines = [f"HTTP/1.1 {status} Any", *others]
    lines += [f"Sec-WebSocket-Accept: {accept}"] if accept is not None else []
    reader = ResponseReader()
    reader.feed("\r\n".join([*lines, "Content-Length: 0" * (status != 101), "", ""]).encode())
    found = reader.response()
    assert found is not None
    return found


RIGHT = ("upgrade: WebSocket", "connection: keep-alive, upgrade")


def said(response: Response) -> str:
    with pytest.raises(Failure) as raised:
        judge(response, KEY)
    return raised.value.summary


def test_the_key_is_made_as_websockets_makes_it() -> None:
    assert accept_of(KEY) == accept_key(KEY) == "HSmrc0sMlYUkAGmm5OPpG2HaGWk="


def test_a_right_answer_is_right_in_any_case() -> None:
    judge(answer(accept_of(KEY), 101, *RIGHT), KEY)


def sha1(text: str) -> bytes:
    return hashlib.sha1(text.encode()).digest()


@pytest.mark.parametrize(
    ("accept", "why"),
    [
        (KEY, "the key itself"),
        (base64.b64encode(sha1(KEY)).decode(), "the fixed text after the key is missing"),
        (base64.b64encode(sha1(GUID + KEY)).decode(), "before the key"),
        (sha1(KEY + GUID).hex(), "in hexadecimal"),
        (base64.b64encode(sha1(KEY + GUID).hex().encode()).decode(), "hexadecimal text of the"),
        ("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "the example in the RFC"),
        (
            base64.b64encode(hashlib.sha1(base64.b64decode(KEY) + GUID.encode()).digest()).decode(),
            "was decoded from Base64 before",
        ),
        (accept_of(KEY).rstrip("="), "the = at its end is missing"),
        ("nonsense", "has to be the Base64 of the SHA-1"),
    ],
)
def test_what_was_computed_is_said(accept: str, why: str) -> None:
    sentence = said(answer(accept, 101, *RIGHT))

    assert sentence.startswith(f"Sec-WebSocket-Accept is wrong for the key {KEY}: ")
    assert re.search(why, sentence)


def test_what_is_missing_is_said() -> None:
    right = accept_of(KEY)
    upgrade, connection = RIGHT

    assert said(answer(None, 101, *RIGHT)) == "The answer has no Sec-WebSocket-Accept."
    assert said(answer(right, 101, connection)) == (
        "The answer has no Upgrade; expected Upgrade: websocket."
    )
    assert said(answer(right, 101, upgrade, "Connection: close")) == (
        "The answer has Connection: close; expected Connection: Upgrade."
    )
    assert said(answer(right, 200, *RIGHT)) == "The status is 200, not 101."
    assert said(answer(right, 101, *RIGHT, "Sec-WebSocket-Protocol: chat")) == (
        "The answer has Sec-WebSocket-Protocol: chat, but the client offered none."
    )
