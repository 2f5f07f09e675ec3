"""Is one thread with selectors that wakes every 10 ms whether something has come or not.

passes: all
fails: none
advice: none
"""

import selectors

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
        chosen = selectors.DefaultSelector()
        chosen.register(listener, selectors.EVENT_READ)
        while True:
            for key, events in chosen.select(0.01):
                if key.fileobj is listener:
                    chosen.register(self.welcome(listener), selectors.EVENT_READ)
                    continue
                connection = key.fileobj
                stays = self.take(connection) if events & selectors.EVENT_READ else True
                if not (stays and self.give(connection)):
                    chosen.unregister(connection)
                    self.forget(connection)
                    continue
                wanted = selectors.EVENT_WRITE if self.out[connection] else selectors.EVENT_READ
                chosen.modify(connection, wanted)


if __name__ == "__main__":
    Odd.main()
