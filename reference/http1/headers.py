"""Header fields: an immutable, ordered list of names and values, found by name whatever its
case.

A dict would not do. The same name may come on several lines, whose order counts (RFC 9110 5.3), and
names ignore case while values keep theirs (RFC 9110 5.1).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

# RFC 9110 5.6.2: a name is a token. A token has no blank in it: this is how a blank before the
# colon is noticed (RFC 9112 5.1).
TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
# RFC 9110 5.5: visible characters, blanks and any byte above 127. No CR, LF or NUL: a client that
# could smuggle a line end into a value could write the rest of the message.
VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


class Headers:
    """The fields of one message, in the order they came or will be sent.

    Text is latin-1, one character a byte, so that every byte a client can send is kept and comes
    out again unchanged.

    >>> headers = Headers({"Accept": "text/html", "ACCEPT": "text/plain"})
    >>> headers.get("accept")
    'text/html, text/plain'

    Raises ValueError for a name or a value that could not be written on one line of a message.
    """

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        pairs = fields.items() if isinstance(fields, Mapping) else fields
        self._fields = tuple((_valid_name(name), _valid_value(value)) for name, value in pairs)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, name: str) -> bool:
        return bool(self.get_all(name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Headers) and self._fields == other._fields

    def __hash__(self) -> int:
        return hash(self._fields)

    def __repr__(self) -> str:
        return f"Headers({list(self._fields)!r})"

    def get_all(self, name: str) -> tuple[str, ...]:
        """The value of every field line with this name, in order."""
        wanted = name.lower()
        return tuple(value for key, value in self._fields if key.lower() == wanted)

    def get(self, name: str, default: str = "") -> str:
        """The value of a field; several lines of one name are one list (RFC 9110 5.3)."""
        return ", ".join(self.get_all(name)) or default

    def members(self, name: str) -> tuple[str, ...]:
        """The members of a comma-separated field in lower case, empty ones left out (RFC 9110
        5.6.1)."""
        trimmed = (member.strip(" \t").lower() for member in self.get(name).split(","))
        return tuple(member for member in trimmed if member)

    def replacing(self, name: str, value: str) -> "Headers":
        """These headers with exactly one field of this name."""
        return Headers((*self.without(name), (name, value)))

    def without(self, name: str) -> "Headers":
        """These headers with no field of this name."""
        unwanted = name.lower()
        return Headers((key, value) for key, value in self._fields if key.lower() != unwanted)


def _valid_name(name: str) -> str:
    if not TOKEN.fullmatch(name):
        raise ValueError(f"not a header name: {name[:80]!r} (RFC 9110 5.1)")
    return name


def _valid_value(value: str) -> str:
    if not VALUE.fullmatch(value):
        raise ValueError(f"not a header value: {value[:80]!r} (RFC 9110 5.5)")
    return value
