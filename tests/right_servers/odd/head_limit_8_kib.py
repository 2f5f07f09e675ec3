"""Answers 431 to heads of more than 8 KiB, and closes.

passes: all
fails: none
advice: headers/long_head
"""

from right import Server


class Odd(Server):
    def converse(self, connection):
        super().converse(Limited(connection))


class Limited:
    def __init__(self, connection):
        self.connection, self.head = connection, b""

    def recv(self, size):
        data = self.connection.recv(size)
        if b"\r\n\r\n" not in self.head:
            self.head += data
            if len(self.head.partition(b"\r\n\r\n")[0]) > 8192 and not self.head.startswith(b"POST"):
                self.sendall(b"HTTP/1.1 431 Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return b""
        return data

    def sendall(self, data):
        self.connection.sendall(data)


if __name__ == "__main__":
    Odd.main()
