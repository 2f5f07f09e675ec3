"""What holds for all tests: how hypothesis searches."""

from __future__ import annotations

import os

from hypothesis import settings

# A loaded machine must not fail a property, so there is no deadline; in CI a run is repeatable.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
