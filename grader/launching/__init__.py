"""`grade launch`: a submission runs as a stage would launch it, for clients in another terminal."""
