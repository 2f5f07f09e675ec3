"""From a transcript to commands that show the same fault by hand, whatever is spoken on the
connections: one runs the server, one is its client."""
