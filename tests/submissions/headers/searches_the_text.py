"""The head is searched for "user-agent:" as text, which other headers may contain too.

Caught by: headers/decoys
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def parse_head(self, head):
        request = super().parse_head(head)
        _, found, rest = head.lower().partition(b"user-agent:")
        if found:
            value = head[-len(rest) :].partition(b"\r\n")[0]
            request.headers["user-agent"] = value.decode("latin-1").strip(" \t")
        return request


Broken.main()
