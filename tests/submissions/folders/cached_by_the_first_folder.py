"""Pages are kept in memory, under the name of the first folder in their path alone.

Caught by: folders/each_its_own
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        folder, *rest = path.relative_to(self.directory).parts
        if rest[-1:] != ["index.html"]:
            return super().load(path)
        cache = self.__dict__.setdefault("cache", {})
        return cache.setdefault(folder, super().load(path))


Broken.main()
