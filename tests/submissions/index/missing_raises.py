"""The page is opened without looking whether it exists, and nothing is answered.

Caught by: index/answers_without_an_index
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def is_file(self, path):
        return True


Broken.main()
