"""`grade fuzz`: random requests within what the stages teach, to a submission and the reference,
until they differ."""
