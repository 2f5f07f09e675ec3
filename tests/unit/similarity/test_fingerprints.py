"""What winnowing promises, and what a token counts as."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.similarity.fingerprints import fingerprints, hashes
from grader.similarity.tokens import language_of, tokens_of

K, WINDOW = 4, 3
KINDS = st.lists(st.integers(0, 3), max_size=60)


@given(KINDS, KINDS, KINDS, st.lists(st.integers(0, 3), min_size=K + WINDOW - 1, max_size=30))
def test_what_is_common_and_long_enough_has_a_common_fingerprint(
    before: list[int], after: list[int], other: list[int], common: list[int]
) -> None:
    one = {value for value, _ in fingerprints(before + common + after, K, WINDOW)}
    two = {value for value, _ in fingerprints(other + common, K, WINDOW)}
    assert one & two


@given(KINDS)
def test_each_window_has_one_and_it_is_the_hash_of_what_begins_there(kinds: list[int]) -> None:
    values = hashes(kinds, K)
    found = list(fingerprints(kinds, K, WINDOW))
    assert all(values[place] == value for value, place in found)
    places = [place for _, place in found]
    for begin in range(len(values) - WINDOW + 1):
        assert any(begin <= place < begin + WINDOW for place in places)
    assert bool(found) == (len(kinds) >= K)


@given(KINDS, KINDS)
def test_a_hash_is_that_of_its_tokens_wherever_they_stand(one: list[int], two: list[int]) -> None:
    assert hashes(one + two, K)[len(one) :] == hashes(two, K)


def test_names_texts_numbers_and_comments_do_not_count() -> None:
    one = tokens_of('def f(a):\n    return a + "x" * 3  # why\n', "python", 99)
    two = tokens_of("def longer(b):\n\n    return   b + 'other\\n' * 400\n", "python", 99)
    other = tokens_of('def f(a):\n    return a - "x" * 3\n', "python", 99)
    assert one.kinds == two.kinds != other.kinds


def test_a_token_knows_where_it_stands() -> None:
    text = "x = 'a\\n' 'b'\ny"
    found = tokens_of(text, "python", 99)
    spans = [text[a:b] for a, b in zip(found.begins, found.ends, strict=True)]
    assert spans == ["x", "=", "'a\\n' 'b'", "y"]


def test_no_more_tokens_than_are_wanted() -> None:
    assert len(tokens_of("a + b + c + d", "python", 3).kinds) == 3


def test_a_language_is_known_by_the_suffix_or_the_first_line() -> None:
    assert language_of("app/Main.JAVA") == "java"
    assert language_of("server", "#!/usr/bin/env python3") == "python"
    assert language_of("notes.txt", "#!/usr/bin/env python3") == ""
    assert language_of(".py") == ""
