"""Only the last suffix of a file name is kept.

Caught by: uploads/file_names
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def file_of(self, part, parameters):
        first, *_, last = f"{parameters['filename']}.".rstrip(".").split(".")[:3] * 2
        found = super().file_of(part, parameters)
        return {**found, "filename": f"{first}.{last}"} if found["filename"].count(".") == 2 else found


Broken.main()
