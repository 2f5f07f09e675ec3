"""The length is searched for in the text of the head, and the first one found counts.

Caught by: malformed/decoys
"""

import re
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_head(self, head):
        request = super().parse_head(head)
        if found := re.search(rb"Content-Length: ([0-9]+)(?:\r\n|$)", head):
            request.headers["content-length"] = found[1].decode()
        return request


Broken.main()
