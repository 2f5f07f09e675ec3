"""The answer to HEAD does not say what the body would have been.

Caught by: methods/type_of_head
"""

import sys

sys.path[0] += "/.."
from hardened_server import HardenedServer


class Broken(HardenedServer):
    def drop_body(self, response):
        super().drop_body(response)
        response.headers.pop("Content-Type", None)


Broken.main()
