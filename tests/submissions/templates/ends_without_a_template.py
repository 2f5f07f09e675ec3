"""Without its template the program ends.

Caught by: templates/missing_is_survived
"""

import os
import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def template(self, name):
        if not self.template_file(name).exists():
            os._exit(1)
        return super().template(name)


Broken.main()
