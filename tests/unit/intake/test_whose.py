"""Whose a submission is: never by a guess."""

from __future__ import annotations

import pytest

from grader.intake.whose import CONTRADICTION, NOBODY, SEVERAL, Identity, Listed

PEOPLE = Listed(
    (
        Identity(("101", "s-1"), "ada@uni.edu", "", "Lovelace, Ada"),
        Identity(("102", "s-2"), "joerg", "jm@uni.edu", "Jörg Müller"),
        Identity(("103",), "wei1", "", "Li, Wei"),
        Identity(("104",), "wei2", "", "Li, Wei"),
        Identity(("105",), "x", "joerg@elsewhere.org", "Jörg Other"),
    )
)


@pytest.mark.parametrize(
    ("somebody", "place"),
    [
        (Identity(("101",)), 0),
        (Identity(("", " S-1 ")), 0),
        (Identity(login="ADA@uni.edu"), 0),
        (Identity(email="ada@uni.edu"), 0),
        (Identity(login="ada"), 0),  # what the address begins with
        (Identity(name="Ada  lovelace"), 0),
        (Identity(name="lovelaceada"), 0),  # as Canvas names files
        (Identity(name="Jo\u0308rg Müller"), 1),  # the same letter, written as two
        (Identity(email="jm@uni.edu", name="J. M."), 1),
        (Identity(login="joerg"), 1),  # though another address begins so
        (Identity(login="wei2", name="Wei Li"), 3),
        (Identity(("999",), name="Jörg Müller"), 1),
    ],
)
def test_somebody_is_found(somebody: Identity, place: int) -> None:
    assert PEOPLE.place_of(somebody) == place


@pytest.mark.parametrize(
    ("somebody", "why"),
    [
        (Identity(name="Grace Hopper"), NOBODY),
        (Identity(), NOBODY),
        (Identity(("", ""), " ", "", ","), NOBODY),
        (Identity(name="Wei Li"), SEVERAL),
        (Identity(("101",), name="Jörg Müller"), CONTRADICTION),
        (Identity(("101",), email="jm@uni.edu"), CONTRADICTION),
        (Identity(email="ada@elsewhere.org"), NOBODY),
        (Identity(email="joerg@example.org"), NOBODY),  # another's login is no address of his
        (Identity(email="wei1@uni.edu"), NOBODY),
    ],
)
def test_who_is_not_certain_is_nobody(somebody: Identity, why: str) -> None:
    assert PEOPLE.place_of(somebody) == why


@pytest.mark.parametrize("word", ["joerg", "jm@uni.edu", "Jörg Müller", "s-2", "jm", "102"])
def test_one_word_may_be_any_of_it(word: str) -> None:
    assert PEOPLE.place_called(word) == 1
