"""In the JSON only quotes are escaped, not line breaks.

Caught by: query-strings/json_is_escaped
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def dump(self, value):
        return super().dump(value).replace("\\n", "\n").replace("\\t", "\t")


Broken.main()
