"""The percent-encoded bytes of the name are taken for Latin-1.

Caught by: templates/beyond_ascii
"""

import sys
from urllib.parse import parse_qs

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def name_of(self, request):
        query = request.target.partition("?")[2]
        return parse_qs(query, encoding="latin-1").get("name", [""])[0]


Broken.main()
