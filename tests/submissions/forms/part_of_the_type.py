"""A media type that only begins like that of a form is taken for it.

Caught by: forms/refuses_other_types
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def is_form(self, request):
        return self.media_type_of(request).startswith("application/x-www-form-urlencoded")


Broken.main()
