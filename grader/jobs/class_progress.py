"""How far a class has come, in the one line that is replaced as it goes on. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.text.layout import columns, counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.text.style import Style

_MINUTE_S: Final = 60
_HOUR_S: Final = 3600


def progress_line(
    done: int, total: int, running: Sequence[tuple[str, float]], left_s: float | None, style: Style
) -> str:
    """`37/69 graded, 2 running (ada 80 s, bob 12 s), about 4 min left`, one column short of the
    width. running: names, and for how many seconds. Where there is no room for all of them, as many
    as fit whole are named, those that take longest first."""
    left = "" if left_s is None else f", about {duration(left_s)} left"
    start = f"{done}/{total} graded, {len(running)} running"
    longest_first = sorted(running, key=lambda it: -it[1])
    said = [f"{style.text(name)} {seconds:.0f} s" for name, seconds in longest_first]
    for count in range(len(said), 0, -1):
        more = f", {len(said) - count} more" if count < len(said) else ""
        line = f"{start} ({', '.join(said[:count])}{more}){left}"
        if columns(line) < style.width:
            return line
    return f"{start}{left}"


def left_s(done: int, left: int, elapsed_s: float) -> float | None:
    """How long the rest takes, if it takes as long for each as those did that are done; None as
    long as nobody can know."""
    return elapsed_s / done * left if done else None


def duration(seconds: float) -> str:
    """`40 s`, `4 min`, `2 h 10 min`: as exactly as it is known."""
    if seconds < _MINUTE_S:
        return f"{max(10, round(seconds, -1)):.0f} s"
    if seconds < _HOUR_S:
        return f"{round(seconds / _MINUTE_S):.0f} min"
    hours, rest = divmod(round(seconds / _MINUTE_S), _MINUTE_S)
    return f"{hours} h {rest} min" if rest else counted(hours, "hour")
