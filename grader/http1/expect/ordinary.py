"""Judgements on what an ordinary client, Python's requests, makes of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.check.failure import Failure, Kind
from grader.http1.expect.answers import difference
from grader.http1.expect.json_values import parsed, same
from grader.http1.recognise import WrongBytes
from grader.text.sentence import choice

if TYPE_CHECKING:
    import requests

    from grader.check.failure import Hint
    from grader.http1.json_difference import Json


def text_of(response: requests.Response, wanted: str, hint: Hint | None = None) -> None:
    """What an ordinary client makes of the answer: status 200 and exactly this text."""
    status_of(response, 200, hint=hint)
    if response.content != wanted.encode():
        raise WrongBytes(
            Kind.MISMATCH,
            "The client (Python requests) did not get the expected body:"
            f" {difference(wanted.encode(), response.content)}.",
            response.content,
            wanted.encode(),
            hint=hint,
        )


def json_of(response: requests.Response, wanted: Json, hint: Hint | None = None) -> None:
    """What an ordinary client makes of the answer: status 200 and JSON of this value."""
    status_of(response, 200, hint=hint)
    same(parsed(response.content, hint=hint), wanted, response.content, hint=hint)


def status_of(response: requests.Response, *wanted: int, hint: Hint | None = None) -> None:
    """The status that an ordinary client sees is one of `wanted`."""
    if response.status_code not in wanted:
        codes = choice(wanted)
        raise Failure(
            Kind.MISMATCH,
            f"The client (Python requests) got status {response.status_code}, not {codes}.",
            expected=f"status {codes}",
            actual=f"status {response.status_code}",
            hint=hint,
            cause=f"status {response.status_code}, not {codes}",
        )
