"""Answers an upload to a place outside of the directory at once, and closes with the body unread.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def converse(self, connection):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            if not (byte := connection.recv(1)):
                return
            head += byte
        target = head.partition(b" HTTP/")[0]
        if head.startswith(b"POST") and (b".." in target or b"%2e" in target or b"//" in target):
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            super().converse(Again(connection, head))


class Again:
    """A connection that gives back once what was read of it."""

    def __init__(self, connection, head):
        self.connection, self.head = connection, head

    def recv(self, size):
        head, self.head = self.head, b""
        return head or self.connection.recv(size)

    def sendall(self, data):
        self.connection.sendall(data)


if __name__ == "__main__":
    Odd.main()
