"""What one parsed sentence says: its attributions (source, cue, content) and its mentions of people and groups.

`attributions` combines `grammar` (dependencies), `cues` (words), `acts` (verbs that also name acts), `polarity`
(negation) and `nesting` (statements within statements); `mentions` and `roles` read names, groups and pronouns.
"""

from .attributions import Attribution, find_attributions
from .grammar import find_talk
from .mentions import Mention, find_names, find_roles, mention_of, sorted_by_position
from .retagging import retag_names
from .roles import is_courtesy

__all__ = [
    "Attribution",
    "Mention",
    "find_attributions",
    "find_names",
    "find_roles",
    "find_talk",
    "is_courtesy",
    "mention_of",
    "retag_names",
    "sorted_by_position",
]
