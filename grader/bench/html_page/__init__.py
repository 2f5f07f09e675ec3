"""The page of a bench: self-contained, with plots."""
