"""The name with .html is looked for at the top of the site only.

Caught by: clean-urls/adds_it_in_folders
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def clean(self, name):
        return super().clean(name.rpartition("/")[2])


Broken.main()
