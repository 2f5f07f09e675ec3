"""The names of the header lines are turned into small letters, as a dictionary of them has it.

Caught by: whole-request/sends_the_head_back
"""

import sys

sys.path[0] += "/.."
from mirror_server import Server


class Broken(Server):
    def body(self, head):
        lines = [line.partition(b":") for line in head.split(b"\r\n")]
        return b"\r\n".join((name.lower() if colon else name) + colon + value for name, colon, value in lines)


Broken.main()
