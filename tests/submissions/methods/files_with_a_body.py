"""The body of a file is sent to HEAD, too.

Caught by: methods/head_of_pages, methods/request_after_head
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def drop_body(self, response):
        if response.headers.get("Content-Type") != "application/octet-stream":
            super().drop_body(response)


Broken.main()
