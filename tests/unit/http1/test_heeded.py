"""What need not be answered: how long a server is waited for that says nothing to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.net.tries import Try, Undecided
from tests.unit.tiny_servers import CONCURRENT, serving

if TYPE_CHECKING:
    from pathlib import Path

TICKS = "head(client)\nwhile True: time.sleep(0.01)"
WORKS_LATER = "head(client); time.sleep(3)"


@pytest.mark.parametrize("matters", [True, False])
def test_who_only_ticks_is_not_waited_for_where_nothing_hangs_on_it(
    matters: bool, tmp_path: Path
) -> None:
    with serving(TICKS, tmp_path, loop=CONCURRENT) as snapshot:
        connection = snapshot.asked(answer=10)
        connection.attempt = Try(first=True)
        if matters:
            with pytest.raises(Undecided):
                connection.is_heeded()
        else:
            assert not connection.is_heeded(matters=False)
        assert not connection.attempt.habits.ignores_some, "not for a whole budget"


def test_who_sleeps_for_a_while_may_still_die_of_it(tmp_path: Path) -> None:
    with serving(WORKS_LATER, tmp_path, loop=CONCURRENT) as snapshot:
        connection = snapshot.asked(answer=5)
        connection.attempt = Try(first=True)
        with pytest.raises(Undecided):
            connection.is_heeded(matters=False)


def test_what_comes_is_seen(tmp_path: Path) -> None:
    with serving("head(client); answer(client); rest()", tmp_path, loop=CONCURRENT) as snapshot:
        connection = snapshot.asked()
        connection.attempt = Try(first=True)
        assert connection.is_heeded(matters=False)
        assert not connection.attempt.habits.ignores_some
