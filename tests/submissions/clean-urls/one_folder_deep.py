"""Only a page at the top of the site, or in a folder there, is found.

Caught by: clean-urls/adds_it_in_folders
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def clean(self, name):
        return super().clean(name) if name.count("/") < 2 else []


Broken.main()
