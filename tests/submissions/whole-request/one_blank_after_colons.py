"""The header lines are written anew, each with one blank after its colon.

Caught by: whole-request/every_byte
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        lines = [line.partition(b":") for line in head.split(b"\r\n")]
        return b"\r\n".join(name + (b": " + value.strip() if colon else b"") for name, colon, value in lines)


Broken.main()
