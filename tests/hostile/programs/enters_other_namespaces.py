"""Tries to enter the namespaces of every process that it can see, where they are not its own."""

import ctypes
import os

from attempt import serve, trying

LIBC = ctypes.CDLL(None)
for name in filter(str.isdecimal, os.listdir("/proc")):
    for kind in ("user", "mnt", "net", "pid", "ipc", "uts"):
        with trying(f"the {kind} namespace of {name}"):
            assert os.readlink(f"/proc/{name}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}")
            assert LIBC.setns(os.open(f"/proc/{name}/ns/{kind}", os.O_RDONLY), 0) == 0
serve()
