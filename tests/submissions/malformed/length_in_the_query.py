"""The length is searched for where it has no blank behind the colon, be that in the target.

Caught by: malformed/decoys
"""

import re
import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def parse_head(self, head):
        request = super().parse_head(head)
        if found := re.search(rb"Content-Length:([0-9]+)", head):
            request.headers["content-length"] = found[1].decode()
        return request


Broken.main()
