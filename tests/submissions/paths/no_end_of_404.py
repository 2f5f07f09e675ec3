"""A 404 has no length, and the connection stays open.

Caught by: paths/end_of_404_is_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        if response.status != 404:
            super().frame(request, response)


Broken.main()
