"""A file without a type is refused.

Caught by: uploads/no_type
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def received(self, parts):
        files = [part for part in parts if "filename" in part.headers.get("content-disposition", "")]
        return super().received(parts) if all(map(self.type_of, files)) else self.error(400)


Broken.main()
