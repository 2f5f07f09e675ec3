"""`grade watch`: grades on every save, the stage that is worked on first; keys ask for more."""
