"""How clauses become sentences, and things a choice."""

from __future__ import annotations

import pytest

from grader.text.sentence import choice, sentence, sentences


@pytest.mark.parametrize(
    ("clause", "whole"),
    [
        ("", ""),
        ("it sleeps at x.py:8", "It sleeps at x.py:8."),
        ("It sleeps.", "It sleeps."),
        ("does it end?", "Does it end?"),
        ("3 bytes came", "3 bytes came."),
        ('its last output was "bye!"', 'Its last output was "bye!".'),
    ],
)
def test_a_sentence(clause: str, whole: str) -> None:
    assert sentence(clause) == whole


def test_empty_clauses_are_no_sentences() -> None:
    assert sentences("", "it ended", "", "nothing came.") == "It ended. Nothing came."


@pytest.mark.parametrize(
    ("things", "text"),
    [([400], "400"), ([400, 411], "400 or 411"), (["a", "b", "c"], "a, b or c")],
)
def test_a_choice(things: list[object], text: str) -> None:
    assert choice(things) == text
