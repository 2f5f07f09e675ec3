"""Tries to read what the system keeps from ordinary users: hashes of passwords, private keys, rules for sudo."""

import os
import stat

from attempt import serve, trying

for folder, folders, files in os.walk("/etc"):
    for path in (os.path.join(folder, name) for name in (*folders, *files)):
        mode = os.lstat(path).st_mode
        if stat.S_ISREG(mode) and not mode & stat.S_IROTH:
            with trying(f"read {path}"):
                assert open(path, "rb").read()
        if stat.S_ISDIR(mode) and not mode & stat.S_IXOTH:
            with trying(f"listed {path}"):
                assert os.listdir(path)
serve()
