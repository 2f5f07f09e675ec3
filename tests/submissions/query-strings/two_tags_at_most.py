"""Only the first two tags are kept.

Caught by: query-strings/one_tag_is_a_list
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        return super().all_of(fields, name)[:2]


Broken.main()
