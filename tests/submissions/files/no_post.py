"""The method is not looked at: POST is answered like GET.

Caught by: files/stores_a_body, files/stores_every_byte, files/stores_empty_lines, files/stores_empty, files/stores_large, files/body_after_the_head, files/ordinary_client, files/replaces, files/says_location, files/lower_case_length, files/uploads_apart, files/keeps_the_byte_order_mark, files/query_is_no_name
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def store_file(self, request, name):
        return self.serve_file(request, name)


Broken.main()
