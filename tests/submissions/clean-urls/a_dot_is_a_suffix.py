"""A name with a dot in it is taken to have its suffix already.

Caught by: clean-urls/adds_it_after_a_dot
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def clean(self, name):
        return [] if "." in name else super().clean(name)


Broken.main()
