"""What a check of a protocol over UDP holds: datagrams."""
