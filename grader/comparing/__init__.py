"""Conversations with a server: what is asked, what must be the same as the reference's, and cases
kept of them."""
