"""A page that does not exist is answered with 500.

Caught by: index/answers_without_an_index
"""

import sys

sys.path[0] += "/.."
from right_server import Response
from static_server import StaticServer


class Broken(StaticServer):
    def not_found(self):
        return Response(500)


Broken.main()
