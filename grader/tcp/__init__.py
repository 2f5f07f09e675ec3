"""What a check of a protocol over TCP holds that has no client of its own here: lines and bytes."""
