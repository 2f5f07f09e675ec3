"""Each file is decoded as UTF-8, which raises for an image.

Caught by: mime-types/types_images, mime-types/serves_every_byte, mime-types/unknown_suffix_is_bytes, mime-types/no_suffix_is_bytes
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def load(self, path):
        return path.read_bytes().decode().encode()


Broken.main()
