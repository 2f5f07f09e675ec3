"""When a run begins after a save: at once if all is written, and after a pause if more follows."""

from __future__ import annotations

from grader.watch.loop import Pending


def test_what_is_complete_is_due_at_once_and_held() -> None:
    pending = Pending(10.0, 12.0, [])
    pending.pushed(10.0, ["server.py"], complete=True)
    assert pending.due == 10.0 < pending.quiet < 11.0
    assert pending.names == ["server.py"]


def test_what_may_go_on_waits_for_a_pause_but_not_for_ever() -> None:
    pending = Pending(10.0, 12.0, [])
    pending.pushed(10.0, ["server.py"], complete=False)
    assert 10.0 < pending.due == pending.quiet < 11.0
    pending.pushed(11.95, ["more.py"], complete=False)
    assert pending.due == pending.quiet == 12.0
    assert pending.names == ["server.py", "more.py"]
