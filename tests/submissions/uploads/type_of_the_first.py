"""All files get the type of the first one.

Caught by: uploads/several_files
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def files_of(self, named):
        found = super().files_of(named)
        return [{**one, "type": found[0]["type"]} for one in found] if len(found) > 2 else found


Broken.main()
