"""HTTP/1.1 without a socket, a clock or a file: bytes in, requests out; responses in, bytes out.

This is called sans-IO. Threads, asyncio and tests move the bytes and use the same code, and every
rule of the protocol can be tried out in an interpreter, one byte at a time. From the top down:
`connection` takes turns, `parser` puts requests together with `head` and `body`, both read from the
`buffer`, and `messages` and `headers` are what comes out.
"""
