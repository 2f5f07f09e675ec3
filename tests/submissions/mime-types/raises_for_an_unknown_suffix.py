"""A suffix that the table lacks raises.

Caught by: mime-types/unknown_suffix_is_bytes, mime-types/no_suffix_is_bytes, mime-types/text_is_not_guessed
"""

import sys

sys.path[0] += "/.."
from static_server import TYPES, StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return TYPES[self.suffix(path)]


Broken.main()
