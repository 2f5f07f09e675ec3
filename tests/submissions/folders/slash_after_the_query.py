"""The slash of a folder is put at the end of the target, which is after its query.

Caught by: folders/query_stays_behind
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def location(self, request, path):
        return request.target + "/"


Broken.main()
