"""The first id is remembered, and is the answer to all.

Caught by: url-parameters/any_length
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    first = None

    def user_of(self, number):
        self.first = self.first or number
        return super().user_of(self.first)


Broken.main()
