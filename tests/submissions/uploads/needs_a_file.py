"""An upload without a file is refused.

Caught by: uploads/fields_and_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def received(self, parts):
        if not any("filename" in part.headers.get("content-disposition", "") for part in parts):
            return self.error(400)
        return super().received(parts)


Broken.main()
