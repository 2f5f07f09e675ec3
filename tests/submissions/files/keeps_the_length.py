"""The length of a body is kept in the server, so that a request without one has that of an earlier request.

Caught by: files/ordinary_client, files/replaces, files/cut_off_is_survived, files/takes_long_names, files/odd_names_are_survived, files/impossible_name_is_answered
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    announced = 0

    def content_length(self, request):
        if "content-length" in request.headers:
            self.announced = super().content_length(request)
        return self.announced


Broken.main()
