"""What a run found, as frozen values."""
