"""A path without a slash at its end is looked for among the files alone.

Caught by: folders/leads_to_the_slash
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def is_folder(self, name):
        return False


Broken.main()
