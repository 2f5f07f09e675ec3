"""The last file that a path may mean is opened without looking whether it exists.

Caught by: clean-urls/missing_is_404
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        raise FileNotFoundError("there is no file of this name")


Broken.main()
