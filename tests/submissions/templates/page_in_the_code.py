"""The page is written into the code.

Caught by: templates/fills_the_template
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def template(self, name):
        return "<!doctype html><title>Hello</title><h1>Hello, {{ name }}!</h1>"


Broken.main()
