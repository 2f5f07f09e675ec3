"""Whose a thing is, among many people: by id, login, e-mail address, or name. Pure.

How it works. Everybody has keys, the surest first. The first key that somebody of the list has
decides. But it decides nothing where several have it, or where a later key is another one's: then
the two contradict each other, and a teacher has to look. Names are compared without regard to
case, and `Lovelace, Ada` is `Ada Lovelace`. Logins and e-mail addresses are one kind, because
platforms take one for the other; and where nothing else is found, a login may be what an address
begins with.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NOBODY: Final = "nobody there is that student"
SEVERAL: Final = "several there could be that student"
CONTRADICTION: Final = "its id, login, e-mail and name are those of different students"


class Identity(Value, frozen=True):
    """What is known of somebody; each may be empty."""

    ids: tuple[str, ...] = ()
    login: str = ""
    email: str = ""
    name: str = ""


class Listed:
    """People among whom one is looked for."""

    def __init__(self, people: Iterable[Identity]) -> None:
        self._index: dict[tuple[str, str], set[int]] = defaultdict(set)
        for place, it in enumerate(people):
            for key in _keys(it):
                self._index[key].add(place)
            for address in (it.login, it.email):
                begin, at, _ = _folded(address).partition("@")
                if at:
                    self._index["begin", begin].add(place)

    def place_of(self, somebody: Identity) -> int | str:
        """Their place in the list, from 0; or why nobody there is meant for certain."""
        keys = list(_keys(somebody))
        found = [self._index[key] for key in keys if key in self._index]
        login = _folded(somebody.login)
        if not found and login and "@" not in login and ("begin", login) in self._index:
            found = [self._index["begin", login]]
        if not found:
            return NOBODY
        if len(found[0]) > 1:
            return SEVERAL
        (place,) = found[0]
        return CONTRADICTION if any(place not in others for others in found) else place

    def place_called(self, word: str) -> int | str:
        """The same, where one word is all that is known, and may be any of it."""
        return self.place_of(Identity((word,), word, word, word))


def _keys(somebody: Identity) -> Iterator[tuple[str, str]]:
    """The surest first."""
    for one in somebody.ids:
        if key := _folded(one):
            yield "id", key
    for one in (somebody.login, somebody.email):
        if key := _folded(one):
            yield "login", key
    for key in _names(somebody.name):
        yield "name", key


def _names(name: str) -> Iterator[str]:
    last, comma, first = name.partition(",")
    words = _folded(f"{first} {last}" if comma else name)
    if words:
        yield words
    joint = re.sub(r"[\W_]", "", _folded(name))  # so does Canvas in names of files
    if joint and joint != words:
        yield joint
    *others, final = words.split() or [""]
    if others and not comma:  # as `Lovelace, Ada` becomes there
        yield re.sub(r"[\W_]", "", "".join([final, *others]))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
