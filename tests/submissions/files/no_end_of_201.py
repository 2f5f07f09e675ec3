"""A 201 has no length, and the connection stays open.

Caught by: files/ordinary_client, files/end_of_201_is_told
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def frame(self, request, response):
        if response.status != 201:
            super().frame(request, response)


Broken.main()
