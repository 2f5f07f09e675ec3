"""The only path that is known is /: /index.html is none.

Caught by: index/serves_it_by_name
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        return [self.index(name)] if name == "" else []


Broken.main()
