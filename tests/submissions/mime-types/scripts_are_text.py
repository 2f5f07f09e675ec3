"""A script is sent as text/plain, which browsers do not execute as a module.

Caught by: mime-types/types_javascript
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "text/plain" if self.suffix(path) == "js" else super().media_type(path)


Broken.main()
