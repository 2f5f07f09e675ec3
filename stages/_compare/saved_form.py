"""A conversation as a small file that people can read: written and parsed, with everything in it
checked. Pure."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from msgspec import Meta, Struct, field

from grader import codec
from grader.codec import BrokenJson, Escaped
from grader.comparing.case import BrokenCase, Case
from grader.text.escape import unescape, visible

from .conversation import Ask, Conversation, Leaving, faults
from .expectations import needed
from .odd_rules import RULES
from .routes import CHUNKED, FILES, GZIP, KEEP_ALIVE, KNOWN, MALFORMED, METHODS

_WITH_FILES = frozenset({FILES, GZIP, KEEP_ALIVE, METHODS, MALFORMED, CHUNKED})
_Text = Annotated[str, Meta(pattern=r"^[\x00-\x7f]*\Z")]
_Number = Annotated[int, Meta(ge=-(1 << 24), le=1 << 24)]
_Pieces = Annotated[tuple[Escaped, ...], Meta(max_length=200)]


class SavedAsk(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A request in a file: what is as in the simplest one is left out, but for three fields."""

    method: _Text = field(default_factory=lambda: "GET")
    target: _Text = field(default_factory=str)
    version: _Text = "HTTP/1.1"
    headers: _Pieces = ()
    body: Escaped = Escaped()
    cuts: Annotated[tuple[_Number, ...], Meta(max_length=200)] = ()
    connection: _Number = field(default_factory=lambda: 1)
    blank_first: bool = False
    joined: bool = False
    odd: _Text = ""
    leaves: Leaving = Leaving.STAYS
    times: _Number = 1
    hostless: bool = False


class SavedCase(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The file."""

    what: _Text = field(default_factory=str)
    stage: _Text = field(default_factory=str)
    strict: bool = field(default_factory=bool)
    files: dict[str, Escaped] = field(default_factory=lambda: {})
    beside: _Pieces = field(default_factory=lambda: ())
    at_once: bool = False
    requests: Annotated[tuple[SavedAsk, ...], Meta(max_length=200)] = field(
        default_factory=lambda: ()
    )


HttpCase: TypeAlias = Case[Conversation]


def dumped(case: HttpCase) -> str:
    """The case as JSON; bytes are written as `grader.text.escape.visible` shows them."""
    asked = case.conversation
    saved = SavedCase(
        what=case.what,
        stage=case.stage,
        strict=case.strict,
        files={name: Escaped(content) for name, content in asked.files},
        beside=tuple(map(Escaped, asked.beside)),
        at_once=asked.at_once,
        requests=tuple(map(_saved_ask, asked.asks)),
    )
    return codec.to_json(saved, indent=2) + "\n"


def parsed(text: str) -> HttpCase:
    """The case in a file. Whoever wrote it may mean harm: `BrokenCase` for everything that `dumped`
    would not write, and for what nobody could send."""
    try:
        saved = codec.from_json(text, SavedCase)
    except BrokenJson as error:
        raise BrokenCase(str(error)) from error
    if saved.stage not in KNOWN:
        raise BrokenCase(f"no stage {saved.stage[:40]!r} can have saved cases")
    conversation = Conversation(
        tuple(map(_ask, saved.requests)),
        tuple((name, bytes(content)) for name, content in saved.files.items()),
        tuple(map(bytes, saved.beside)),
        saved.at_once,
    )
    if problem := next(faults(conversation), None):
        raise BrokenCase(problem)
    if FILES in needed(conversation) and saved.stage not in _WITH_FILES:
        raise BrokenCase(f"it asks for files, and stage {saved.stage!r} has none")
    return Case(conversation, saved.stage, saved.strict, saved.what[:500])


def _saved_ask(ask: Ask) -> SavedAsk:
    def word(said: str) -> str:
        """A word of the first line: of an odd request it may hold every byte, and is escaped."""
        return visible(said.encode("latin-1")) if ask.odd else said

    whole = SavedAsk(
        method=word(ask.method),
        target=word(ask.target),
        version=word(ask.version),
        headers=tuple(Escaped(line.encode("latin-1")) for line in ask.lines),
        body=Escaped(ask.body),
        cuts=ask.cuts,
        connection=ask.connection,
        blank_first=ask.blank_first,
        joined=ask.joined,
        odd=ask.odd,
        leaves=ask.leaves,
        times=ask.times,
        hostless=ask.hostless,
    )
    # a default is left out when it is the very same object
    said = {name: getattr(whole, name) for name in whole.__struct_fields__}
    return SavedAsk(**{name: it for name, it in said.items() if it != getattr(_SIMPLEST, name)})


_SIMPLEST = SavedAsk()


def _ask(saved: SavedAsk) -> Ask:
    if saved.odd and saved.odd not in RULES:
        raise BrokenCase(f"there is no rule {saved.odd[:40]!r}")

    def word(written: str) -> str:
        return _unescaped(written) if saved.odd else written

    return Ask(
        method=word(saved.method),
        target=word(saved.target),
        lines=tuple(line.decode("latin-1") for line in saved.headers),
        body=bytes(saved.body),
        connection=saved.connection,
        cuts=saved.cuts,
        version=word(saved.version),
        blank_first=saved.blank_first,
        joined=saved.joined,
        odd=saved.odd,
        leaves=saved.leaves,
        times=saved.times,
        hostless=saved.hostless,
    )


def _unescaped(written: str) -> str:
    try:
        return unescape(written).decode("latin-1")
    except ValueError as error:
        raise BrokenCase(f"write bytes as they are shown in a failure: {error}") from error
