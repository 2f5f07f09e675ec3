"""Tries to type into its terminal, as if the user did: by TIOCSTI, by TIOCLINUX, and with bits that nobody looks at."""

import ctypes
import platform

from attempt import serve, trying

SYSCALL = ctypes.CDLL(None).syscall
IOCTL = 16 if platform.machine() == "x86_64" else 29
TIOCSTI, TIOCLINUX, PASTE = 0x5412, 0x541C, b"\3"

for beyond in (0, 1 << 32):
    with trying(f"typed by {TIOCSTI | beyond:#x}"):
        assert SYSCALL(IOCTL, 0, ctypes.c_ulong(TIOCSTI | beyond), b"x") == 0
    with trying(f"pasted by {TIOCLINUX | beyond:#x}"):
        assert SYSCALL(IOCTL, 0, ctypes.c_ulong(TIOCLINUX | beyond), PASTE) == 0
serve()
