"""Judgements: each takes what was observed, says nothing when it is right, and raises `Failure` when it is not."""

from grader.expect.answers import (
    alike,
    answered,
    at_most_one,
    body,
    codings,
    consistent,
    contains,
    decoded,
    equal,
    header,
    media_type,
    no_header,
    not_in_body,
    one_of,
    status,
    told_apart,
)
from grader.expect.connections import announces_no_close, closes, not_reset, nothing_more, silence, stays_open
from grader.expect.files import not_written, stored
from grader.expect.ordinary import status_of, text_of
from grader.expect.programs import idle, listening, running, running_for
from grader.shared_files import first_difference

__all__ = [
    "alike",
    "announces_no_close",
    "answered",
    "at_most_one",
    "body",
    "closes",
    "codings",
    "consistent",
    "contains",
    "decoded",
    "equal",
    "first_difference",
    "header",
    "idle",
    "listening",
    "media_type",
    "no_header",
    "not_in_body",
    "not_reset",
    "not_written",
    "nothing_more",
    "one_of",
    "running",
    "running_for",
    "silence",
    "status",
    "status_of",
    "stays_open",
    "stored",
    "text_of",
    "told_apart",
]
