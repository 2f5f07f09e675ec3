"""Each path in a folder that has an index is answered with this index.

Caught by: folders/serves_other_files
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def find(self, name):
        folder, slash, file = name.rpartition("/")
        return (file and self.existing(self.index(folder + slash))) or super().find(name)


Broken.main()
