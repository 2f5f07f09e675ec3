"""The fields are looked for in the query string, and the body is not read as a form.

Caught by: forms/answers_the_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def text_of(self, body):
        return ""


Broken.main()
