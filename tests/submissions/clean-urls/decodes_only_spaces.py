"""Of the percent-encoded bytes only %20 is decoded.

Caught by: clean-urls/decodes_the_path
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        return super().place(name.replace("%", "%25").replace("%2520", "%20"))


Broken.main()
