"""Tries to make namespaces in which it would be root, to mount, and to leave its root directory."""

import ctypes

from attempt import serve, trying

LIBC = ctypes.CDLL(None)
for name, *words in (
    ("unshare", 0x10000000), ("unshare", 0x20000), ("umount2", b"/tmp", 2), ("chroot", b"/"),
    ("mount", b"none", b"/tmp", b"tmpfs", 0, 0), ("mount", b"none", b"/usr", b"", 0x1020, 0),
):
    with trying(name):
        assert getattr(LIBC, name)(*words) == 0
serve()
