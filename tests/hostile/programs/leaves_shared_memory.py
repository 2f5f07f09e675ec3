"""Leaves what outlives a process without being a file: System V memory, queues and semaphores, and a key."""

import ctypes
import platform

from attempt import TARGETS, serve

LIBC = ctypes.CDLL(None)
LIBC.shmget(TARGETS["key"], 1 << 20, 0o1600)
LIBC.msgget(TARGETS["key"], 0o1600)
LIBC.semget(TARGETS["key"], 1, 0o1600)
ADD_KEY, TO_THE_USERS_KEYRING = 248 if platform.machine() == "x86_64" else 217, -4
LIBC.syscall(ADD_KEY, b"user", f"hostile-{TARGETS['key']}".encode(), b"left", 4, TO_THE_USERS_KEYRING)
serve()
