"""A single tag is sent as a string, not as a list.

Caught by: query-strings/one_tag_is_a_list
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        found = super().all_of(fields, name)
        return found[0] if len(found) == 1 else found


Broken.main()
