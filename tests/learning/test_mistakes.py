"""Each mistake of mistakes.yaml is found by the check that it names, and said on a short screen.

By default one in ten of them, and among the variants one in three, which has some of every
stage: that each check catches the faults that are its own is said by tests/course. The step
`faults` grades them all.
"""

from __future__ import annotations

import statistics

import pytest

from tests.learning.mistakes import SCREEN, graded, mistakes


@pytest.mark.parametrize(
    "one_in",
    [10, pytest.param(3, marks=pytest.mark.variant), pytest.param(1, marks=pytest.mark.slow)],
)
def test_each_mistake_is_found_and_explained_on_one_screen(one_in: int) -> None:
    chosen = [mistake for mistake in mistakes() if mistake.can_be_started][::one_in]
    assert one_in * len(chosen) >= 100
    assert {mistake.stage for mistake in chosen} == {mistake.stage for mistake in mistakes()}
    told = {mistake: graded(mistake) for mistake in chosen}
    unlike = [
        f"{mistake.stage}: {mistake.does}: {found.code} {found.check} {found.sentence}"
        for mistake, found in told.items()
        if (found.code, found.check) != mistake.expected or not found.sentence
    ]
    assert not unlike, "\n".join(unlike)
    lines = [found.lines for found in told.values()]
    assert 5 * sum(count <= SCREEN for count in lines) >= 4 * len(lines)
    assert statistics.median(lines) <= SCREEN
