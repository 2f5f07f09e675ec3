"""A submission as it is compared: its files as tokens, without the code that everybody was given.
Pure."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

from grader.similarity.fingerprints import K, fingerprints, hashes
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

    from grader.similarity.tokens import Tokens


class SourceFile(Value, frozen=True):
    """name: in its submission. own: for each token 1, or 0 where it is a part of given code."""

    name: str
    text: str
    tokens: Tokens
    own: bytes


class Program(Value, frozen=True):
    """places: of each fingerprint, the file and the token where it begins. size: how many tokens
    are its own. note: what of it is not compared; empty where all is."""

    name: str
    files: tuple[SourceFile, ...]
    places: Mapping[int, tuple[tuple[int, int], ...]]
    size: int
    note: str = ""

    @property
    def prints(self) -> Set[int]:
        """Its fingerprints."""
        return self.places.keys()


class Text(Value, frozen=True):
    """A file that was read and split into tokens."""

    name: str
    text: str
    tokens: Tokens


def given_code(texts: Iterable[Tokens]) -> frozenset[int]:
    """What is known of code that everybody was given: the hash of each of its parts."""
    return frozenset(value for tokens in texts for value in hashes(tokens.kinds))


def program_of(name: str, texts: Sequence[Text], given: Set[int], note: str = "") -> Program:
    """given: as `given_code` makes it; tokens that are a part of it count for nothing."""
    files = tuple(
        SourceFile(it.name, it.text, it.tokens, _own(it.tokens.kinds, given)) for it in texts
    )
    places = defaultdict(list)
    for number, file in enumerate(files):
        for begin, end in _stretches(file.own):
            for value, place in fingerprints(file.tokens.kinds[begin:end]):
                places[value].append((number, begin + place))
    size = sum(sum(file.own) for file in files)
    return Program(name, files, {key: tuple(it) for key, it in places.items()}, size, note)


def _own(kinds: Sequence[int], given: Set[int]) -> bytes:
    own = bytearray(b"\1" * len(kinds))
    if given:
        for place, value in enumerate(hashes(kinds)):
            if value in given:
                own[place : place + K] = bytes(K)
    return bytes(own)


def _stretches(own: bytes) -> Iterator[tuple[int, int]]:
    """From where to where it is its own."""
    begin = 0
    for is_own, run in groupby(own):
        end = begin + len(list(run))
        if is_own:
            yield begin, end
        begin = end
