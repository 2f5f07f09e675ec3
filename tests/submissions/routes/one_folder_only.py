"""Files of the site are found in its root alone.

Caught by: routes/falls_back_to_the_site
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def fall_back(self, request, path):
        return self.not_found() if path.count("/") > 1 else super().fall_back(request, path)


Broken.main()
