"""HTTP/1.1 as checks speak it: connections, sessions, expectations, and commands by hand."""
