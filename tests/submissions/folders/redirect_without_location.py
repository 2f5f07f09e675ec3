"""The redirect to the folder has no Location.

Caught by: folders/leads_to_the_slash
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def moved(self, request, path):
        response = super().moved(request, path)
        del response.headers["Location"]
        return response


Broken.main()
