"""The media type of the body is not looked at.

Caught by: forms/refuses_other_types
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_form(self, request):
        return True


Broken.main()
