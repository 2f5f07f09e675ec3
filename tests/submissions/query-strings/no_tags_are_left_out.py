"""Without a tag the key tags is left out.

Caught by: query-strings/missing_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def dump(self, value):
        return super().dump({key: found for key, found in value.items() if found != []})


Broken.main()
