"""Leave out quotes that only seem to answer: about somebody else, or about a plan."""

from .persons import about_persons
from .plans import without_plans

__all__ = ["about_persons", "without_plans"]
