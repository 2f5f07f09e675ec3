"""What the author of a comparison imports, beside what the checks import: it says what `grade fuzz`
may ask, and what has to equal the reference's answer."""

from grader.comparing.case import BrokenCase, Case
from grader.comparing.comparison import Comparison
from grader.comparing.difference import Difference, ReferenceFault
from grader.errors import UsageError

__all__ = ["BrokenCase", "Case", "Comparison", "Difference", "ReferenceFault", "UsageError"]
