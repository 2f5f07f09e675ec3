"""Answers an upload to a place outside of the directory at once, and closes with the body unread.

passes: all
fails: none
advice: none
"""

from right import Response, Server, parse_head


class Odd(Server):
    def converse(self, connection):
        self.pending = None
        buffer = connection.recv(1, 2)  # MSG_PEEK
        while buffer and not (head := buffer.find(b"\r\n\r\n") + 1):
            seen, buffer = len(buffer), connection.recv(65536, 2)
            if len(buffer) == seen:
                buffer = connection.recv(seen) + connection.recv(1, 2)
                break
        if buffer and head and b".." in buffer[:head] and buffer.startswith(b"POST"):
            connection.recv(head + 3)
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return
        super().converse(connection)


if __name__ == "__main__":
    Odd.main()
