"""Without any field, the tags are those of the request before.

Caught by: query-strings/nothing_is_kept
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    tags = ()

    def all_of(self, fields, name):
        if fields:
            Broken.tags = super().all_of(fields, name)
        return self.tags


Broken.main()
