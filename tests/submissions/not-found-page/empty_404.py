"""A 404 has no body, and a browser shows an empty page.

Caught by: not-found-page/has_a_page
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def no_page(self):
        return b""


Broken.main()
