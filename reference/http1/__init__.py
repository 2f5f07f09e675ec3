"""HTTP/1.1 without a socket, a clock or a file: bytes in, requests out; responses in, bytes out."""
