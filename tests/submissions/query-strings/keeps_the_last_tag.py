"""The fields are put into a dictionary, so that only the last tag is left.

Caught by: query-strings/answers_the_fields
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        return super().all_of(fields, name)[-1:]


Broken.main()
