"""Each mistake of mistakes.yaml is found by the check that it names, and said on a short screen."""

from __future__ import annotations

import statistics

from tests.learning.mistakes import SCREEN, graded, mistakes


def test_each_mistake_is_found_and_explained_on_one_screen() -> None:
    told = {mistake: graded(mistake) for mistake in mistakes() if mistake.can_be_started}
    assert len(told) >= 100
    unlike = [
        f"{mistake.stage}: {mistake.does}: {found.code} {found.check} {found.sentence}"
        for mistake, found in told.items()
        if (found.code, found.check) != mistake.expected or not found.sentence
    ]
    assert not unlike, "\n".join(unlike)
    lines = [found.lines for found in told.values()]
    assert 5 * sum(count <= SCREEN for count in lines) >= 4 * len(lines)
    assert statistics.median(lines) <= SCREEN
