"""The answer to HEAD of a missing page has the body of the 404.

Caught by: not-found-page/head_of_nothing
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def drop_body(self, response):
        if response.status == 200:
            super().drop_body(response)


Broken.main()
