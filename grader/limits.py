"""How much of the machine a submission may use: names, units, defaults, and what the command line
says of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from grader.errors import UsageError
from grader.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable


class Limits(Value, frozen=True):
    """What one launch of a submission may use, all of its processes together unless it says
    otherwise.

    Generous: a limit is there to keep the machine usable, not to judge anybody's thrift.

    memory: resident memory, in MiB. Address space is not limited: Go, Java and Node reserve a lot
    and use little. processes: processes and threads alive at one time. cpu: processor time, in
    seconds. files: open files of each process. file_size: the largest file that it may write, in
    MiB. disk: everything that it writes, in MiB, where the isolation gives it a disk of its own.
    run: seconds by the clock on the wall, for all launches of one run of the grader.
    """

    memory: int = 2048
    processes: int = 1024
    cpu: int = 600
    files: int = 4096
    file_size: int = 1024
    disk: int = 1024
    run: int = 3600


NAMES: Final = Limits.__struct_fields__
LOWEST: Final = 1
HIGHEST: Final = 10**7


def changed(limits: Limits, given: Iterable[str]) -> Limits:
    """These limits with what `--limit NAME=VALUE` says instead. Raises `UsageError`.

    >>> changed(Limits(), ["memory=512"]).memory
    512
    """
    return replace(limits, **dict(map(_read, given)))


def _read(text: str) -> tuple[str, int]:
    name, equals, value = text.partition("=")
    if name not in NAMES or not equals:
        raise UsageError(
            f"--limit {text!r}: expected NAME=VALUE, with one of the names {', '.join(NAMES)}"
        )
    if not (
        value.isascii() and value.isdecimal() and len(value) < 9 and LOWEST <= int(value) <= HIGHEST
    ):
        raise UsageError(
            f"--limit {text!r}: the value must be a whole number from {LOWEST} to {HIGHEST}"
        )
    return name, int(value)
