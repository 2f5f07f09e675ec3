"""Large files are streamed, and the stream is one of text: what is no UTF-8 is replaced.

Caught by: files/serves_every_byte
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def load(self, path):
        if path.stat().st_size < 1 << 20:
            return super().load(path)
        with path.open(encoding="utf-8", errors="replace") as stream:
            return "".join(stream).encode()


Broken.main()
