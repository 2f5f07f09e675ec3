"""The path is not percent-decoded.

Caught by: clean-urls/decodes_the_path
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def place(self, name):
        return super().place(name.replace("%", "%25"))


Broken.main()
