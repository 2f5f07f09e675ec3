"""What a check of a WebSocket holds: the handshake of RFC 6455, frames, and messages made of
them."""
