"""Tries to enter the kernel by other doors: as a 32-bit program does, and by the numbers of the x32 ABI."""

import ctypes
import mmap
import os
import platform
import struct
import tempfile
from collections.abc import Callable

from attempt import serve, trying

GETPID_64, GETPID_32, X32, EXIT_32 = 39, 20, 1 << 30, 1
INT_80 = b"\xcd\x80"
WORKED, AT = 7, 0x08048000


def of_a_child(ask: Callable[[], object]) -> int:
    """The status that it ends with: where a door is not there, a signal ends it."""
    if not (child := os.fork()):
        try:
            ask()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def asks_by_interrupt() -> None:
    page = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xb8" + struct.pack("<I", GETPID_32) + INT_80 + b"\xc3")
    start = ctypes.addressof(ctypes.c_char.from_buffer(page))
    os._exit(WORKED if ctypes.CFUNCTYPE(ctypes.c_int)(start)() == os.getpid() else 1)


def asks_by_x32() -> None:
    os._exit(WORKED if ctypes.CDLL(None).syscall(X32 | GETPID_64) == os.getpid() else 1)


def becomes_a_32_bit_program() -> None:
    code = b"\xbb" + struct.pack("<I", WORKED) + b"\xb8" + struct.pack("<I", EXIT_32) + INT_80 + b"\xf4"
    size = 52 + 32 + len(code)
    head = b"\x7fELF\1\1\1".ljust(16, b"\0") + struct.pack("<HHIIIIIHHHHHH", 2, 3, 1, AT + 84, 52, 0, 0, 52, 32, 1, 0, 0, 0)
    load = struct.pack("<IIIIIIII", 1, 0, AT, AT, size, size, 5, 4096)
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(head + load + code)
    os.chmod(file.name, 0o700)
    child = os.posix_spawn(file.name, ["program"], {})
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.unlink(file.name)
    os._exit(status)


if platform.machine() == "x86_64":
    for ask in (asks_by_interrupt, asks_by_x32, becomes_a_32_bit_program):
        with trying(ask.__name__):
            assert of_a_child(ask) == WORKED
serve()
