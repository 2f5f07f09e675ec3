"""The answer is what Python prints of a dictionary.

Caught by: url-parameters/answers_the_number
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def dump(self, value):
        return str(value)


Broken.main()
