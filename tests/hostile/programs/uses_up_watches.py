"""Takes every inotify instance and 100,000 watches, and keeps them."""

import ctypes
import os

from attempt import serve

LIBC = ctypes.CDLL(None)
held = []
while len(held) < 500 and (watching := LIBC.inotify_init()) >= 0:
    held.append(watching)
for number in range(300):
    os.mkdir(f"watched-{number}")
    for watching in held[:300]:
        LIBC.inotify_add_watch(watching, f"watched-{number}".encode(), 0xFFF)
serve()
