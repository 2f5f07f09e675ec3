"""The name with .html is looked for first, and then the name itself.

Caught by: clean-urls/named_file_comes_first
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        return sorted(super().candidates(name), key=len, reverse=True)


Broken.main()
