"""A query without a name raises an error.

Caught by: templates/without_a_name
"""

import sys
from urllib.parse import parse_qs

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def name_of(self, request):
        return parse_qs(request.target.partition("?")[2], keep_blank_values=True)["name"][0]


Broken.main()
