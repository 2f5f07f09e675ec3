"""The tags are kept in a set, and sent in the order of the alphabet.

Caught by: query-strings/one_tag_is_a_list
"""

import sys

sys.path[0] += "/.."
from web_server import WebServer


class Broken(WebServer):
    def all_of(self, fields, name):
        found = super().all_of(fields, name)
        return sorted(found) if len(found) > 2 else found


Broken.main()
