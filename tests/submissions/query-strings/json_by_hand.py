"""The JSON is put together by hand, without escapes.

Caught by: query-strings/json_is_escaped
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def dump(self, value):
        tags = ", ".join(f'"{tag}"' for tag in value["tags"])
        return f'{{"q": "{value["q"]}", "tags": [{tags}]}}'


Broken.main()
