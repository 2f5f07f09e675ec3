"""The lines of the head end with a line feed alone.

Caught by: ok/answers_200
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def to_bytes(self, response):
        head, _, body = super().to_bytes(response).partition(b"\r\n\r\n")
        return head.replace(b"\r\n", b"\n") + b"\n\n" + body


Broken.main()
