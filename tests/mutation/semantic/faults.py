"""What becomes of a step's result in a server with one semantic fault: changes by kind of result
and by name."""

from __future__ import annotations

import html
import math
import re
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeVar
from urllib.parse import quote, quote_from_bytes, unquote, unquote_to_bytes

Text = TypeVar("Text", str, bytes)
Result = Any  # of a step: what it is, depends on the step
Change = Callable[[Result], Result]
Function = Callable[..., Result]

# in which another client's thread runs, between the set and the use of a shared variable
_MEANWHILE_S: Final = 0.005
_ALONE: Final = 2  # the thread that accepts, and that of the one client


# --- texts and bytes ------------------------------------------------------------------------------


def _like(value: Text, text: str) -> Text:
    """The text as what the value is: str, or bytes."""
    return text if isinstance(value, str) else text.encode("latin-1")


def up_to(separator: str, value: Text) -> Text:
    """What stands before the first separator; all of it without one."""
    return value.partition(_like(value, separator))[0]


def replaced(old: str, new: str, value: Text) -> Text:
    """The value with each `old` as `new`."""
    return value.replace(_like(value, old), _like(value, new))


def first_line(value: Text) -> Text:
    """What stands before the first line end, as `splitlines` knows them: of a str also at VT, FF,
    1C to 1E and 85."""
    return value.splitlines()[0] if value else value


def joined_blanks(value: Text) -> Text:
    """The value with each run of blanks as one."""
    if isinstance(value, str):
        return re.sub("[ \t]+", " ", value)
    return re.sub(b"[ \t]+", b" ", value)


def decoded(value: Text) -> Text:
    """The value, percent-decoded."""
    return unquote(value) if isinstance(value, str) else unquote_to_bytes(value)


def encoded(value: Text) -> Text:
    """The value, percent-encoded."""
    return quote(value) if isinstance(value, str) else quote_from_bytes(value).encode()


def escaped(value: Text) -> Text:
    """The value as a text of HTML."""
    return (
        html.escape(value)
        if isinstance(value, str)
        else html.escape(value.decode("latin-1")).encode("latin-1")
    )


def recoded(codec: str, errors: str, value: Text) -> Text:
    """The value read by a codec, and written by it. A str is read as the latin-1 that it came as,
    where it is some."""
    if isinstance(value, str):
        came = value.encode(
            "latin-1" if all(character < "\u0100" for character in value) else "utf-8"
        )
        return came.decode(codec, errors)
    return value.decode(codec, errors).encode("utf-8")


def one_slash(value: Text) -> Text:
    """The value with each run of slashes as one."""
    return re.sub("/+", "/", value) if isinstance(value, str) else re.sub(b"/+", b"/", value)


# --- what outlives a call -------------------------------------------------------------------------


class Remembered:
    """The first result, from then on."""

    def __init__(self) -> None:
        self._first: list[Any] = []

    def __call__(self, value: Result) -> Result:
        self._first = self._first or [value]
        return self._first[0]


class Previous:
    """The result of the call before this one; of the first its own."""

    def __init__(self) -> None:
        self._last: list[Any] = []

    def __call__(self, value: Result) -> Result:
        before, self._last = self._last or [value], [value]
        return before[0]


class Mixed:
    """What is in one variable for all clients, a moment after this one's result was put there."""

    def __init__(self) -> None:
        self._shared: Any = None

    def __call__(self, value: Result) -> Result:
        self._shared = value
        if threading.active_count() > _ALONE:
            time.sleep(_MEANWHILE_S)
        return self._shared


class Overlaid:
    """The result written over the one before: of a longer one, the end is still there."""

    def __init__(self) -> None:
        self._buffer: Any = None

    def __call__(self, value: Result) -> Result:
        self._buffer = value if self._buffer is None else value + self._buffer[len(value) :]
        return self._buffer


class Accumulated:
    """One dictionary for all requests: what came with earlier ones is in it still."""

    def __init__(self) -> None:
        self._all = dict[Any, Any]()

    def __call__(self, value: Result) -> Result:
        self._all |= value
        return dict(self._all)


class ByConnection:
    """A change of its own for each connection, which in this server is a thread."""

    def __init__(self, make: Callable[[], Change]) -> None:
        self._make, self._local = make, threading.local()

    def __call__(self, value: Result) -> Result:
        if not hasattr(self._local, "change"):
            self._local.change = self._make()
        return self._local.change(value)


# --- by kind --------------------------------------------------------------------------------------

Faults = Mapping[str, Callable[[], Change]]


def _stateless(**changes: Change) -> dict[str, Callable[[], Change]]:
    def making(change: Change) -> Callable[[], Change]:
        return lambda: change

    return {name: making(change) for name, change in changes.items()}


_STATE: Final[Faults] = {
    "remembered": Remembered,
    "remembered_by_connection": lambda: ByConnection(Remembered),
    "previous": Previous,
    "mixed": Mixed,
}
_TOKEN: Final[Faults] = {
    **_stateless(
        lowered=lambda value: value.lower(),
        raised=lambda value: value.upper(),
        trimmed=lambda value: value.strip(),
        without_first=lambda value: value[1:],
        without_last=lambda value: value[:-1],
        up_to_blank=partial(up_to, " "),
        up_to_comma=partial(up_to, ","),
        up_to_semicolon=partial(up_to, ";"),
        without_blanks=partial(replaced, " ", ""),
        with_line_end=lambda value: value + _like(value, "\r\n"),
        dropped=lambda value: value[:0],
    ),
    **_STATE,
    "overlaid": Overlaid,
}
_TEXT: Final[Faults] = {
    **_TOKEN,
    **_stateless(
        half=lambda value: value[: len(value) // 2],
        first_64=lambda value: value[:64],
        first_1024=lambda value: value[:1024],
        up_to_nul=partial(up_to, "\0"),
        up_to_colon=partial(up_to, ":"),
        up_to_question_mark=partial(up_to, "?"),
        up_to_hash=partial(up_to, "#"),
        up_to_percent=partial(up_to, "%"),
        up_to_equals=partial(up_to, "="),
        up_to_ampersand=partial(up_to, "&"),
        first_line=first_line,
        joined_blanks=joined_blanks,
        plus_as_blank=partial(replaced, "+", " "),
        backslash_as_slash=partial(replaced, "\\", "/"),
        without_quotes=partial(replaced, '"', ""),
        one_slash=one_slash,
        decoded_again=decoded,
        encoded=encoded,
        html_escaped=escaped,
        as_utf8=partial(recoded, "utf-8", "replace"),
        as_ascii=partial(recoded, "ascii", "ignore"),
        only_utf8=partial(recoded, "utf-8", "strict"),
        only_ascii=partial(recoded, "ascii", "strict"),
        lf_for_crlf=partial(replaced, "\r\n", "\n"),
        crlf_for_lf=partial(replaced, "\n", "\r\n"),
    ),
}
_NUMBER: Final[Faults] = {
    **_stateless(
        plus_one=lambda value: value + 1,
        minus_one=lambda value: value - 1,
        zeroed=lambda value: 0,
        eight_bits=lambda value: value % 256,
        sixteen_bits=lambda value: value % 65536,
    ),
    **_STATE,
}
_WEIGHT: Final[Faults] = {
    **_stateless(
        zeroed=lambda value: 0.0,
        full=lambda value: 1.0,
        rounded_down=lambda value: float(math.floor(value)),
        rounded_up=lambda value: float(math.ceil(value)),
        one_digit=lambda value: round(value, 1),
    ),
    **_STATE,
}
_FLAG: Final[Faults] = {
    **_stateless(
        inverted=lambda value: not value, always=lambda value: True, never=lambda value: False
    ),
    **_STATE,
}
_STATUS: Final[Faults] = _stateless(
    as_200=lambda status: 200,
    as_201=lambda status: 201,
    as_400=lambda status: 400,
    as_404=lambda status: 404,
)
_LIST: Final[Faults] = {
    **_stateless(
        dropped=lambda value: [],
        first_only=lambda value: value[:1],
        last_only=lambda value: value[-1:],
        backwards=lambda value: value[::-1],
    ),
    **_STATE,
}
_DICT: Final[Faults] = {
    **_stateless(dropped=lambda value: {}),
    **_STATE,
    "accumulated": Accumulated,
    "accumulated_by_connection": lambda: ByConnection(Accumulated),
}
_FIELDS: Final[Faults] = _stateless(dropped=lambda value: {})

TOKEN, TEXT, NUMBER, WEIGHT, FLAG, STATUS = "token", "text", "number", "weight", "flag", "status"
LIST, DICT, FIELDS, OBJECT = "list", "dict", "fields", "object"
CHANGES: Final[Mapping[str, Faults]] = {
    TOKEN: _TOKEN,
    TEXT: _TEXT,
    NUMBER: _NUMBER,
    WEIGHT: _WEIGHT,
    FLAG: _FLAG,
    STATUS: _STATUS,
    LIST: _LIST,
    DICT: _DICT,
    FIELDS: _FIELDS,
    OBJECT: _STATE,
}
"""By kind of result and by name: what makes a change for one program."""


# --- steps without a result -----------------------------------------------------------------------


def never(function: Function) -> Function:
    """The step is left out."""
    return lambda *arguments: None


def twice(function: Function) -> Function:
    """The step is done, and done again."""

    def done_twice(*arguments: object) -> Result:
        function(*arguments)
        return function(*arguments)

    return done_twice


def once(function: Function) -> Function:
    """The step is done for the first time it is asked for in the program, and left out from then
    on."""
    return _while_first(Remembered(), function)


def once_by_connection(function: Function) -> Function:
    """The step is done for the first time it is asked for on a connection, and left out from then
    on."""
    return _while_first(ByConnection(Remembered), function)


def _while_first(first: Change, function: Function) -> Function:
    def done_once(*arguments: object) -> Result:
        call = object()
        return function(*arguments) if first(call) is call else None

    return done_once


EFFECT, CHECK = "effect", "check"
WRAPPINGS: Final[Mapping[str, Mapping[str, Callable[[Function], Function]]]] = {
    EFFECT: {
        "dropped": never,
        "twice": twice,
        "once": once,
        "once_by_connection": once_by_connection,
    },
    CHECK: {"dropped": never, "once": once, "once_by_connection": once_by_connection},
}
"""The same for steps without a result: how the whole function is wrapped."""
