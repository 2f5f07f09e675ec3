"""A file name ends at its first space.

Caught by: uploads/file_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def file_of(self, part, parameters):
        return super().file_of(part, {**parameters, "filename": parameters["filename"].partition(" ")[0]})


Broken.main()
