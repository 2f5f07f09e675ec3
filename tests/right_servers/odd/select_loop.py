"""Is one thread with select, and sends only as much as fits.

passes: all
fails: none
advice: none
"""

import select

from right import BadRequest, Server, parse


class Odd(Server):
    """Nobody waits: what cannot be sent yet is kept."""

    def send(self, connection, head, body):
        self.out[connection] += head + body

    def take(self, connection):
        """Read what has come and answer what is complete; whether the connection stays."""
        if connection in self.leaving:
            return True
        try:
            data = connection.recv(65536)
            self.buffers[connection] += data
            while data and connection not in self.leaving and (parsed := parse(self.buffers[connection])):
                request, self.buffers[connection] = parsed
                if self.reply(connection, request):
                    self.leaving.add(connection)
            return bool(data)
        except BadRequest:
            self.out[connection] += b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            self.leaving.add(connection)
            return True
        except BlockingIOError:
            return True
        except OSError:
            return False

    def give(self, connection):
        """Send what can be sent; whether the connection stays."""
        try:
            if self.out[connection]:
                del self.out[connection][: connection.send(self.out[connection])]
        except BlockingIOError:
            pass
        except OSError:
            return False
        return bool(self.out[connection]) or connection not in self.leaving

    def welcome(self, listener):
        connection, _ = listener.accept()
        connection.setblocking(False)
        self.buffers[connection], self.out[connection] = b"", bytearray()
        return connection

    def forget(self, connection):
        del self.buffers[connection], self.out[connection]
        self.leaving.discard(connection)
        connection.close()

    def serve(self, listener):
        self.buffers, self.out, self.leaving = {}, {}, set()
        self.loop(listener)

    def loop(self, listener):
        while True:
            waiting = [c for c in self.out if self.out[c]]
            readable, writable, _ = select.select([listener, *self.buffers], waiting, [])
            for ready in (*readable, *writable):
                if ready is listener:
                    self.welcome(listener)
                elif ready in self.buffers and not (self.take(ready) and self.give(ready)):
                    self.forget(ready)


if __name__ == "__main__":
    Odd.main()
