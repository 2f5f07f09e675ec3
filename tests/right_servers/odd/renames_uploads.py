"""Writes an upload beside its place, and renames it when it is whole and on the disk.

passes: all
fails: none
advice: none
"""

import os
import tempfile

from right import Application, Server


class Careful(Application):
    def files(self, request, name):
        if request.method != "POST" or "/" in name or "%" in name:
            return super().files(request, name)
        with tempfile.NamedTemporaryFile(dir=self.directory, delete=False) as file:
            file.write(request.body)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.rename(file.name, self.directory / name)
        except OSError:
            os.unlink(file.name)
            return self.not_found()
        return self.created(name)


class Odd(Server):
    application = Careful


if __name__ == "__main__":
    Odd.main()
