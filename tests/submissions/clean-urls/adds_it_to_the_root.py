"""The path / gets .html, too.

Caught by: clean-urls/index_still_works
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        return self.clean(name) if name == "" else super().candidates(name)


Broken.main()
