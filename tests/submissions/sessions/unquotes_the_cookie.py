"""The quotes of a cookie are removed, and its escapes become what they stand for.

Caught by: sessions/adds_no_header
"""

import sys
from http.cookies import SimpleCookie

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def take_back(self, request, response):
        sent = SimpleCookie(self.header(request, "Cookie")).get("session")
        response.headers["Set-Cookie"] = f"session={sent.value if sent else ''}; Path=/; HttpOnly; Max-Age=0"


Broken.main()
