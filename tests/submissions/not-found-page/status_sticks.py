"""All answers take their status from one variable: once 404, always 404.

Caught by: not-found-page/serves_on
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    status = 200

    def not_found(self):
        Broken.status = 404
        return super().not_found()

    def file(self, request, path):
        response = super().file(request, path)
        response.status = self.status
        return response


Broken.main()
