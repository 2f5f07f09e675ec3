"""Takes 600 MiB in files that only exist in memory, and answers when it has them."""

import os

from attempt import serve

held = []
for number in range(6):
    held.append(os.memfd_create(f"hog-{number}"))
    for _ in range(100):
        os.write(held[-1], bytes(1 << 20))
serve()
