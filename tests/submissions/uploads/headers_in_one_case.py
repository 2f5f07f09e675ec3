"""The header lines of a part are found in one case only.

Caught by: uploads/any_order
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def header_name(self, name):
        return name.lower() if name.istitle() or name == "" else name


Broken.main()
