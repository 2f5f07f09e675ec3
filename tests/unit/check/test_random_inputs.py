"""Random inputs: the same from the same seed and check, and never the same from another."""

from __future__ import annotations

import string

import pytest

from grader.check.random_inputs import RandomInputs, new_seed


def drawn(seed: int, check: str) -> list[object]:
    words = RandomInputs(seed, check)
    return [
        words.word(),
        words.name(),
        words.blob(20),
        words.number(1, 1 << 40),
        words.choice(string.printable),
        words.shuffled(string.ascii_letters),
    ]


def test_the_same_seed_and_check_give_the_same() -> None:
    assert drawn(7, "echo/plain") == drawn(7, "echo/plain")


def test_the_bytes_of_a_seed_never_change() -> None:
    """A printed seed repeats a run, tomorrow and on another machine."""
    words = RandomInputs(1, "echo/plain")
    assert (words.word(), words.number(0, 999), words.blob(4).hex()) == GOLDEN


GOLDEN = ("74xjucv4r9", 710, "50bbbcf6")


@pytest.mark.parametrize(
    "other", [(8, "echo/plain"), (7, "echo/plainer"), (77, "echo/plain"), (-7, "echo/plain")]
)
def test_another_seed_or_check_gives_something_else(other: tuple[int, str]) -> None:
    assert not {repr(one) for one in drawn(7, "echo/plain")} & {repr(one) for one in drawn(*other)}


def test_words_are_of_what_was_asked() -> None:
    words = RandomInputs(0, "x")
    assert len(words.word()) == 10
    assert set(words.word(1000)) <= set(string.ascii_lowercase + string.digits)
    assert set(words.word(100, letters="ab")) == {"a", "b"}
    assert words.word(0) == ""
    assert words.name().endswith(".txt")
    assert words.name(".bin").removesuffix(".bin").isalnum()


def test_words_do_not_repeat() -> None:
    words = RandomInputs(0, "x")
    assert len({words.word() for _ in range(2000)}) == 2000


def test_blobs_hold_every_byte() -> None:
    assert set(RandomInputs(0, "x").blob(1 << 16)) == set(range(256))
    assert RandomInputs(0, "x").blob(0) == b""


def test_numbers_and_choices_stay_within_bounds() -> None:
    words = RandomInputs(0, "x")
    assert {words.number(3, 5) for _ in range(200)} == {3, 4, 5}
    assert {words.choice(["a", "b"]) for _ in range(100)} == {"a", "b"}


def test_shuffling_loses_nothing_and_leaves_the_original() -> None:
    items = list(string.ascii_lowercase)
    assert sorted(RandomInputs(0, "x").shuffled(items)) == items
    assert items == list(string.ascii_lowercase)


def test_neither_seeds_nor_words_can_be_listed() -> None:
    """Both come from more than 2 ** 40: of a thousand seeds, some are beyond half of that, and no
    two are the same."""
    seeds = [new_seed() for _ in range(1000)]
    assert len(set(seeds)) == 1000
    assert max(seeds) > 1 << 40
    assert (
        len(set(string.ascii_lowercase + string.digits)) ** len(RandomInputs(0, "x").word())
        > 1 << 40
    )
