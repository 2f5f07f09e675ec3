"""The nearest of what was answered rightly: the one difference is found, and of two nothing is
said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.diagnosis.nearest import Asked, Difference, nearest
from grader.diagnosis.traits import NO_UTF_8, is_longer, new_traits, traits

NAMES = ("launch", "route", "pieces", "header x")
ASPECTS = st.fixed_dictionaries({name: st.integers(0, 2) for name in NAMES})
WORDS = st.text("abc", min_size=3, max_size=12).map(str.encode)


def asked(text: bytes = b"fig", *, cut: bool = False, **aspects: object) -> Asked:
    return Asked(text.decode("latin-1"), aspects, {"text": text}, cut)


def test_a_text_that_has_what_no_other_has() -> None:
    kin = [asked(b"fig", route=1), asked(b"pear", route=1)]

    found = nearest(asked(b"fig7", route=1), kin)

    assert found == Difference(kin[0], "text", ("digits",))


def test_what_one_of_the_kin_has_makes_no_difference() -> None:
    assert nearest(asked(b"fig7"), [asked(b"fig"), asked(b"7")]) is None


def test_two_traits_are_one_too_many() -> None:
    assert nearest(asked(b"fig 7"), [asked(b"fig")]) is None


def test_signs_count_as_one_trait() -> None:
    found = nearest(asked(b"a(b;c"), [asked(b"abc")])

    assert found is not None
    assert found.traits == ("the signs ( ;",)


def test_a_longer_text() -> None:
    found = nearest(asked(b"a" * 100), [asked(b"aa")])

    assert found is not None
    assert (found.traits, found.longer) == ((), True)


def test_lengths_that_are_not_known_say_nothing() -> None:
    assert nearest(asked(b"a" * 100), [asked(b"aa", cut=True)]) is None


def test_one_aspect_that_differs() -> None:
    right = asked(launch=(), route=1)

    assert nearest(asked(launch=("--x",), route=1), [right]) == Difference(right, "launch")


def test_an_aspect_that_is_missing_differs() -> None:
    found = nearest(asked(**{"header x": b"X"}), [asked()])

    assert found is not None
    assert found.name == "header x"


def test_the_nearest_that_differ_in_different_aspects_say_nothing() -> None:
    assert nearest(asked(a=1, b=1), [asked(a=2, b=1), asked(a=1, b=2)]) is None


def test_an_aspect_and_a_text_are_two() -> None:
    assert nearest(asked(b"fig7", a=1), [asked(b"fig", a=2)]) is None


def test_nothing_is_near_where_nothing_was_answered() -> None:
    assert nearest(asked(), []) is None


@given(ASPECTS, st.sampled_from(NAMES), st.lists(ASPECTS, max_size=5), WORDS)
def test_whatever_is_said_is_so(
    aspects: dict[str, int], name: str, others: list[dict[str, int]], text: bytes
) -> None:
    """One aspect is changed, and it is named, unless another is as near and differs elsewhere."""
    changed = Asked("changed", {**aspects, name: 3}, {"text": text})
    rightly = [Asked("other", other, {"text": text}) for other in (*others, aspects)]

    found = nearest(changed, rightly)

    if found is not None:
        assert {**found.near.aspects, found.name: 3} == changed.aspects
        assert found.name == name
    else:
        near = [o for o in others if sum(o[n] != changed.aspects[n] for n in NAMES) == 1]
        assert any(o[name] == changed.aspects[name] or o != aspects for o in near)


@given(st.lists(WORDS, min_size=1, max_size=5), st.binary(max_size=30))
def test_a_trait_is_in_the_text_and_in_no_other(others: list[bytes], text: bytes) -> None:
    new = new_traits(text, others)

    if new == (NO_UTF_8,):
        assert text.decode(errors="replace").encode() != text
    assert not (new and text in others)
    assert bool(new) is bool(traits(text) - frozenset[str]().union(*map(traits, others)))


@given(st.binary(max_size=60), st.lists(st.binary(max_size=60)))
def test_what_is_longer_is_longer_than_each(text: bytes, others: list[bytes]) -> None:
    if is_longer(text, others):
        assert len(text) > max(map(len, others), default=0)
