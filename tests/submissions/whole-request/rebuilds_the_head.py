"""It reads the header lines into a dictionary, and writes them anew.

Caught by: whole-request/every_byte
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        first, *lines = head.decode("latin-1").strip("\r\n").split("\r\n")
        headers = {}
        for line in lines:
            name, _colon, value = line.partition(":")
            headers[name] = value.strip(" \t")
        written = [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join([first, *written, "", ""]).encode("latin-1")


Broken.main()
