"""The length of a 201 is a word where it has to be a number.

Caught by: files/stores_a_body, files/stores_every_byte, files/stores_empty_lines, files/stores_empty, files/stores_large, files/body_after_the_head, files/ordinary_client, files/replaces, files/stored_or_refused, files/says_location, files/end_of_201_is_told, files/lower_case_length, files/uploads_apart, files/keeps_the_byte_order_mark, files/no_length_is_no_body, files/single_length, files/query_is_no_name, files/impossible_name_is_answered
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def length(self, response):
        return "banana" if response.status == 201 else super().length(response)


Broken.main()
