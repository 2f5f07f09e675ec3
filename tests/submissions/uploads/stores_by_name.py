"""Each file is stored below the site under the name that the client chose.

Caught by: uploads/names_are_no_paths
"""

import os
import sys
from pathlib import Path

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def file_of(self, part, parameters):
        place = Path(os.path.normpath(self.directory / "uploads" / ".." / parameters["filename"]))
        if place.parent == self.directory.parent:
            place.write_bytes(part.content)
        return super().file_of(part, parameters)


Broken.main()
