"""The fields are looked for in the body, which GET does not have.

Caught by: query-strings/answers_the_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def query(self, target):
        return ""


Broken.main()
