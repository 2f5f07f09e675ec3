"""Location has the name of the folder decoded: a question mark in it begins a query.

Caught by: folders/location_is_encoded
"""

import sys
from urllib.parse import unquote

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def location(self, request, path):
        decoded = "".join(sign for sign in unquote(path) if sign not in "\r\n")
        return decoded.encode().decode("latin-1") + super().location(request, path).removeprefix(path)


Broken.main()
