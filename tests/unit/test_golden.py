"""Kept terminal blocks: what of a block is compared, and what a difference looks like."""

from __future__ import annotations

from tests.golden import difference, normalised


def test_the_number_of_a_stage_is_no_part_of_a_block() -> None:
    """A new stage in the middle of the course moves those behind it, and changes none of their
    blocks."""
    blocks = {
        normalised(f"FAILED at stage {number} echo: 0 of 1 stage passed\n") for number in (4, 5, 12)
    }

    assert blocks == {"FAILED at stage echo: 0 of 1 stage passed\n"}


def test_a_difference_shows_the_lines_that_differ() -> None:
    said = difference("one\ntwo\nthree\n", "one\n2\nthree\n", "block.txt")

    assert "--- block.txt (kept)" in said
    assert [line for line in said.splitlines() if line[:1] in "+-" and line[1:2].isalnum()] == [
        "-two",
        "+2",
    ]
    assert "--update-golden" in said
