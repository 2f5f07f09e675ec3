"""The answer to HEAD of a page has the page as its body.

Caught by: not-found-page/head_of_a_page
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def drop_body(self, response):
        if response.status != 200:
            super().drop_body(response)


Broken.main()
