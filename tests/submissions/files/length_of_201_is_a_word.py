"""The length of a 201 is a word where it has to be a number.

Caught by: files/stores_a_body, files/stored_or_refused, files/end_of_201_is_told, files/no_length_is_no_body, files/single_length, files/nothing_after, files/impossible_name_is_answered
"""

import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def length(self, response):
        return "banana" if response.status == 201 else super().length(response)


Broken.main()
