"""Never waits for a socket: it looks at all of them every 5 ms.

passes: all
fails: none
advice: none
"""

import contextlib
import time

from right import BadRequest, Server, parse


class Odd(Server):
    def serve(self, listener):
        listener.setblocking(False)
        buffers = {}
        while True:
            time.sleep(0.005)
            with contextlib.suppress(BlockingIOError):
                while True:
                    buffers[listener.accept()[0]] = b""
            for connection in list(buffers):
                with contextlib.suppress(BlockingIOError):
                    connection.setblocking(False)
                    if not self.turn(connection, buffers):
                        del buffers[connection]
                        connection.close()

    def turn(self, connection, buffers):
        """Whether the connection stays."""
        try:
            data = connection.recv(65536)
            buffers[connection] += data
            connection.setblocking(True)
            while data and (parsed := parse(buffers[connection])):
                request, buffers[connection] = parsed
                if self.reply(connection, request):
                    return False
            return bool(data)
        except BlockingIOError:
            raise
        except (OSError, BadRequest):
            return False


if __name__ == "__main__":
    Odd.main()
