"""Runs a filter of seccomp(2) on a system call without a kernel: the classic BPF that such filters
are made of."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_LOAD, _AND, _JUMP, _RETURN = 0x20, 0x54, 0x05, 0x06
_BRANCHES: Final[Mapping[int, Callable[[int, int], bool]]] = {
    0x15: int.__eq__, 0x25: int.__gt__, 0x35: int.__ge__, 0x45: lambda a, k: bool(a & k),
}  # fmt: skip


def decision(program: bytes, architecture: int, number: int, arguments: Sequence[int] = ()) -> int:
    """What the filter returns: SECCOMP_RET_ALLOW, or SECCOMP_RET_ERRNO with the error in its low
    half.

    Raises KeyError for an instruction that is not known here, and IndexError when it does not come
    to its end.
    """
    values = [value & (1 << 64) - 1 for value in (*arguments, *[0] * (6 - len(arguments)))]
    call = struct.pack("<IIQ6Q", number, architecture, 0, *values)
    code = list(struct.iter_unpack("<HBBI", program))
    accumulator = at = 0
    while True:
        operation, if_true, if_false, operand = code[at]
        at += 1
        if operation == _RETURN:
            return int(operand)
        if operation == _LOAD:
            (accumulator,) = struct.unpack_from("<I", call, operand)
        elif operation == _AND:
            accumulator &= operand
        elif operation == _JUMP:
            at += operand
        else:
            at += if_true if _BRANCHES[operation](accumulator, operand) else if_false
