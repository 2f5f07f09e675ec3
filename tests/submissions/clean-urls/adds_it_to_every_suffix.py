"""A path that ends in another suffix gets .html, too.

Caught by: clean-urls/serves_other_files
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        if "." in name and not name.endswith(".html"):
            return self.clean(name)
        return super().candidates(name)


Broken.main()
