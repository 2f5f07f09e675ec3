"""A date that matches is enough, although the tag says that the file is another one.

Caught by: conditional/tag_wins
"""

import sys

sys.path[0] += "/.."
from versioned_server import VersionedServer


class Broken(VersionedServer):
    def is_current(self, request, response):
        date = self.header(request, "If-Modified-Since")
        return super().is_current(request, response) or self.date_matches(date, response.headers["Last-Modified"])


Broken.main()
