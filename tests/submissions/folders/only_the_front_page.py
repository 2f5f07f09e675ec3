"""Only the path / means an index.html: the path of a folder is taken for the name of a file.

Caught by: folders/serves_the_index
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def candidates(self, name):
        return [self.index(name)] if name == "" else [name, *self.clean(name)]


Broken.main()
