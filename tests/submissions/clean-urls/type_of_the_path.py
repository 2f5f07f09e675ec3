"""The media type is looked up by the suffix of the path, and /about has none.

Caught by: clean-urls/says_text_html
"""

from pathlib import PurePosixPath
import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def route(self, request, path):
        response = super().route(request, path)
        if response.status == 200 and not path.endswith("/"):
            response.headers["Content-Type"] = self.media_type(PurePosixPath(path))
        return response


Broken.main()
