"""A conversation as a small file that people can read: written and parsed, with everything in it
checked. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.comparing.conversation import Ask, Conversation, Leaving, faults
from grader.comparing.expectations import needed
from grader.comparing.odd_rules import RULES
from grader.comparing.routes import CHUNKED, FILES, GZIP, KEEP_ALIVE, KNOWN, MALFORMED, METHODS
from grader.text.escape import unescape, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASK_KEYS = frozenset({
    "method", "target", "headers", "body", "connection", "cuts", "version", "blank_first",
    "joined", "odd", "leaves", "times", "hostless",
})  # fmt: skip
_CASE_KEYS = frozenset({"what", "stage", "strict", "files", "beside", "at_once", "requests"})
_WITH_FILES = frozenset({FILES, GZIP, KEEP_ALIVE, METHODS, MALFORMED, CHUNKED})


class BrokenCase(Exception):
    """What is wrong with a saved case, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation that has shown a difference.

    stage: the slug of the stage that it belongs to. strict: whether the rules that advice covers
    hold, too. what: the sentence that was said when it was found.
    """

    conversation: Conversation
    stage: str
    strict: bool
    what: str

    @property
    def name(self) -> str:
        """Six hexadecimal digits that depend on what is asked, and on nothing else."""
        asked = {key: value for key, value in _plain(self).items() if key != "what"}
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:6]


def dumped(case: Case) -> str:
    """The case as JSON; bytes are written as `grader.text.escape.visible` shows them."""
    return json.dumps(_plain(case), indent=2) + "\n"


def parsed(text: str) -> Case:
    """The case in a file. Whoever wrote it may mean harm: `BrokenCase` for everything that `dumped`
    would not write, and for what nobody could send."""
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenCase("it is not JSON") from error
    fields = _mapping(read, "the case", _CASE_KEYS)
    stage = _text(fields, "stage")
    if stage not in KNOWN:
        raise BrokenCase(f"no stage {stage[:40]!r} can have saved cases")
    conversation = Conversation(
        tuple(_ask(item) for item in _list(fields, "requests")),
        tuple(
            (name, _bytes(content))
            for name, content in _mapping(fields.get("files", {}), "files").items()
        ),
        tuple(_bytes(item) for item in _list(fields, "beside")),
        _flag(fields, "at_once"),
    )
    if problem := next(faults(conversation), None):
        raise BrokenCase(problem)
    if FILES in needed(conversation) and stage not in _WITH_FILES:
        raise BrokenCase(f"it asks for files, and stage {stage!r} has none")
    return Case(conversation, stage, _flag(fields, "strict"), _text(fields, "what")[:500])


def _plain(case: Case) -> dict[str, Any]:
    asked = case.conversation
    together = {"at_once": True} if asked.at_once else {}
    return {
        "what": case.what,
        "stage": case.stage,
        "strict": case.strict,
        "files": {name: visible(content) for name, content in asked.files},
        "beside": [visible(data) for data in asked.beside],
        **together,
        "requests": [_plain_ask(ask) for ask in asked.asks],
    }


def _plain_ask(ask: Ask) -> dict[str, Any]:
    """Only what is not as in the simplest request."""
    plain = {
        "method": _word(ask, ask.method),
        "target": _word(ask, ask.target),
        "version": _word(ask, ask.version),
        "headers": [visible(line.encode("latin-1")) for line in ask.lines],
        "body": visible(ask.body),
        "cuts": list(ask.cuts),
        "connection": ask.connection,
        "blank_first": ask.blank_first,
        "joined": ask.joined,
        "odd": ask.odd,
        "leaves": ask.leaves.value,
        "times": ask.times,
        "hostless": ask.hostless,
    }
    ordinary = {
        "version": "HTTP/1.1", "headers": [], "body": "", "cuts": [], "blank_first": False,
        "joined": False, "odd": "", "leaves": "", "times": 1, "hostless": False,
    }  # fmt: skip
    return {
        key: value for key, value in plain.items() if key not in ordinary or value != ordinary[key]
    }


def _word(ask: Ask, word: str) -> str:
    """A word of the first line: of an odd request it may hold every byte, and is escaped."""
    return visible(word.encode("latin-1")) if ask.odd else word


def _ask(item: object) -> Ask:
    fields = _mapping(item, "a request", _ASK_KEYS)
    if (odd := _text(fields, "odd")) and odd not in RULES:
        raise BrokenCase(f"there is no rule {odd[:40]!r}")
    if (leaves := _text(fields, "leaves")) not in {way.value for way in Leaving}:
        raise BrokenCase(f"no client leaves {leaves[:40]!r}")

    def word(key: str, default: str = "") -> str:
        written = _text(fields, key, default)
        return _bytes(written).decode("latin-1") if odd else written

    return Ask(
        word("method", "GET"),
        word("target"),
        tuple(_bytes(line).decode("latin-1") for line in _list(fields, "headers")),
        _bytes(fields.get("body", "")),
        _number(fields.get("connection", 1)),
        tuple(_number(cut) for cut in _list(fields, "cuts")),
        word("version", "HTTP/1.1"),
        _flag(fields, "blank_first"),
        _flag(fields, "joined"),
        odd,
        Leaving(leaves),
        _number(fields.get("times", 1)),
        _flag(fields, "hostless"),
    )


def _mapping(value: object, what: str, keys: frozenset[str] | None = None) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise BrokenCase(f"{what} has to be an object")
    if keys is not None and (unknown := sorted(set(value) - keys)):
        raise BrokenCase(f"{what} has an unknown key {unknown[0][:40]!r}")
    return value


def _list(fields: Mapping[str, object], key: str) -> list[object]:
    value = fields.get(key, [])
    if not isinstance(value, list) or len(value) > 200:
        raise BrokenCase(f"{key!r} has to be a list of at most 200")
    return value


def _text(fields: Mapping[str, object], key: str, default: str = "") -> str:
    value = fields.get(key, default)
    if not isinstance(value, str) or not value.isascii():
        raise BrokenCase(f"{key!r} has to be text of ASCII letters")
    return value


def _flag(fields: Mapping[str, object], key: str) -> bool:
    value = fields.get(key, False)
    if not isinstance(value, bool):
        raise BrokenCase(f"{key!r} has to be true or false")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1 << 24:
        raise BrokenCase("a number has to be an integer of reasonable size")
    return value


def _bytes(value: object) -> bytes:
    if not isinstance(value, str):
        raise BrokenCase("bytes have to be written as text")
    try:
        return unescape(value)
    except ValueError as error:
        raise BrokenCase(f"bytes are written as they are shown in a failure: {error}") from error
