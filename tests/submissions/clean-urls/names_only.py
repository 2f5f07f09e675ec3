"""Only a file that is named as the path is found.

Caught by: clean-urls/adds_the_suffix
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def clean(self, name):
        return []


Broken.main()
