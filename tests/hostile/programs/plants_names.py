"""Makes files with names and kinds that could mislead whoever copies, lists or removes them."""

import contextlib
import os
import socket
import tempfile

from attempt import serve

NAMES = (
    b"..\\..\\outside", b"%2e%2e%2foutside", b"-rf", b"--help", b"*", b"~", b"$(id)", b"a\nb", b"a\rb", b"\x1b[31mred",
    b"\xff\xfe", b"\xe2\x80\xae", b"x" * 255, b"con", b".git", b"...", b" ",
)  # fmt: skip
LINKS = ("/etc/passwd", "/", "/proc/self/root", "../../../../../../../../etc", "loop", "/dev/zero", ".", "nowhere")

for place in (os.getcwdb(), os.fsencode(tempfile.gettempdir())):
    for name in NAMES:
        with contextlib.suppress(OSError):
            os.close(os.open(os.path.join(place, name), os.O_CREAT, 0))
    for number, target in enumerate(LINKS):
        with contextlib.suppress(OSError):
            os.symlink(target, os.path.join(place, b"loop" if target == "loop" else b"link-%d" % number))
    with contextlib.suppress(OSError):
        os.mkfifo(os.path.join(place, b"fifo"))
        socket.socket(socket.AF_UNIX).bind(os.path.join(place, b"socket"))
    with contextlib.suppress(OSError):
        os.link("/etc/passwd", os.path.join(place, b"hard-link"))
serve()
