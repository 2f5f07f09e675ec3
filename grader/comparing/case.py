"""A conversation that has shown a difference, as it is saved beside a submission."""

from __future__ import annotations

import hashlib
import json
from typing import Generic, TypeVar

from grader.value import Value

Conversation = TypeVar("Conversation")


class BrokenCase(Exception):
    """What is wrong with a saved case, as the end of a sentence."""


class Case(Value, Generic[Conversation], frozen=True):
    """A conversation that has shown a difference.

    stage: the slug of the stage that it belongs to. strict: whether the rules that advice covers
    hold, too. what: the sentence that was said when it was found.
    """

    conversation: Conversation
    stage: str
    strict: bool
    what: str


def name_of(text: str) -> str:
    """The name of the case that this JSON object holds: six hexadecimal digits that depend on what
    is asked, and not on `what` was said of it."""
    asked = {key: value for key, value in json.loads(text).items() if key != "what"}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:6]
