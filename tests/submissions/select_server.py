"""The right server again, without threads: one loop over select, for what breaks only in one.

Passes: http
"""

import select

from right_server import Client, Server


class SelectServer(Server):
    def run(self):
        self.clients = {}
        with self.listen() as listener:
            while True:
                ready, _, _ = select.select([listener, *self.clients], [], [], self.patience())
                for connection in ready:
                    if connection is listener:
                        self.start(*listener.accept())
                    elif connection in self.clients:
                        self.serve(self.clients[connection])

    def patience(self):
        """How long to wait for clients: None is for ever."""
        return None

    def start(self, connection, address):
        self.clients[connection] = Client(connection, address)

    def serve(self, client):
        """Take what has come, and answer the requests that are complete."""
        try:
            keep = self.take(client) and self.answer(client)
        except OSError as error:
            keep = self.failed(client, error)
        if not keep:
            self.drop(client)

    def take(self, client):
        return self.receive(client)

    def failed(self, client, error):
        return False

    def answer(self, client):
        while self.is_complete(client):
            try:
                request = self.read_request(client)
            except ValueError:
                return self.garbage(client)
            close = self.wants_close(client, request)
            self.send(client, self.to_bytes(self.respond(request, close)))
            client.answered += 1
            if close:
                return False
        return True

    def garbage(self, client):
        self.send(client, self.to_bytes(self.refuse()))
        return False

    def is_complete(self, client):
        head, blank, body = self.skip_empty_lines(client.buffer).partition(b"\r\n\r\n")
        if not blank:
            return False
        try:
            return len(body) >= self.content_length(self.parse_head(head))
        except ValueError:
            return True

    def drop(self, client):
        del self.clients[client.socket]
        client.socket.close()


if __name__ == "__main__":
    SelectServer.main()
