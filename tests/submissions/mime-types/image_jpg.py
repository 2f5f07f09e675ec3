"""The type of a JPEG image is called image/jpg, which is none.

Caught by: mime-types/types_images
"""

import sys

sys.path[0] += "/.."
from static_server import StaticServer


class Broken(StaticServer):
    def media_type(self, path):
        return "image/jpg" if self.suffix(path) == "jpg" else super().media_type(path)


Broken.main()
