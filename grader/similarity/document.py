"""What `grade similar --report json` writes, format version 1, as types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from grader.similarity.comparison import HINT, percent
from grader.similarity.lines import last_line_of, line_of
from grader.text.escape import printable

if TYPE_CHECKING:
    from grader.similarity.comparison import Comparison
    from grader.similarity.pairs import Pair, Stretch
    from grader.similarity.programs import Program

FORMAT: Final = "stage-grader/similarity"
VERSION: Final = 1


class PlaceDocument(Struct, frozen=True):
    """Lines of one file, from 1, both included."""

    file: str
    first_line: int
    last_line: int


class SideDocument(Struct, frozen=True):
    """name: of the submission. percent: how much of its own code is in the other. tokens: how much
    code of its own it has."""

    name: str
    percent: int
    tokens: int


class MatchDocument(Struct, frozen=True):
    """What is equal in both, and how many tokens that is."""

    tokens: int
    places: tuple[PlaceDocument, PlaceDocument]


class PairDocument(Struct, frozen=True):
    """Two submissions, and what they have in common."""

    submissions: tuple[SideDocument, SideDocument]
    matches: tuple[MatchDocument, ...]


class SimilarityDocument(Struct, frozen=True):
    """about: what a reader has to know. compared: how many programs. left_out: why one is not
    compared, or not as a whole, by its name."""

    format: str
    format_version: int
    about: str
    threshold_percent: int
    compared: int
    pairs: tuple[PairDocument, ...]
    left_out: dict[str, str]


def document_of(result: Comparison) -> SimilarityDocument:
    """The comparison as it is written."""
    return SimilarityDocument(
        FORMAT,
        VERSION,
        HINT,
        result.threshold,
        result.compared,
        tuple(map(_pair, result.pairs)),
        {printable(name): printable(why) for name, why in result.left_out.items()},
    )


def _pair(pair: Pair) -> PairDocument:
    one, other = pair.programs
    sides = zip(pair.programs, pair.shares, strict=True)
    first, second = (
        SideDocument(printable(it.name), percent(share), it.size) for it, share in sides
    )
    matches = tuple(
        MatchDocument(here.end - here.begin, (_place(one, here), _place(other, there)))
        for here, there in pair.matches
    )
    return PairDocument((first, second), matches)


def _place(program: Program, stretch: Stretch) -> PlaceDocument:
    file = program.files[stretch.file]
    return PlaceDocument(
        printable(file.name), line_of(file, stretch.begin), last_line_of(file, stretch)
    )
