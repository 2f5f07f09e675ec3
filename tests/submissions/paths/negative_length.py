"""The length of a 404 is a number below zero.

Caught by: paths/unknown_is_404
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def length(self, response):
        return -5 if response.status == 404 else super().length(response)


Broken.main()
