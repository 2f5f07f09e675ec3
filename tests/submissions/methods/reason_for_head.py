"""The answer to HEAD on a page that is missing says so in a body.

Caught by: methods/head_of_nothing
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def drop_body(self, response):
        super().drop_body(response)
        if response.status == 404:
            response.body = b"not found\n"


Broken.main()
