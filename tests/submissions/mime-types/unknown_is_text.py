"""A file of unknown suffix is sent as text/plain.

Caught by: mime-types/unknown_suffix_is_bytes
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        kind = super().media_type(path)
        return "text/plain" if path.suffix and kind == "application/octet-stream" else kind


Broken.main()
