"""A path that ends in .html gets .html once more.

Caught by: clean-urls/serves_it_by_name
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        return self.clean(name) if name.endswith(".html") else super().candidates(name)


Broken.main()
