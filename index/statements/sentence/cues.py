"""Nouns and adjectives that mark statements. The verbs are in `index.text`."""

from __future__ import annotations

from ...text import word_set

# Nouns for what somebody said: "Kirby's claim that …".
CUE_NOUNS = word_set("""
    statement claim assertion argument suggestion remark comment promise pledge vow belief warning accusation
    allegation announcement contention criticism proposal prediction decision opinion view opposition support concern
    endorsement refusal call hope demand insistence
""")

# Adjectives for a state of mind: "is confident that", "is open to".
CUE_ADJECTIVES = word_set("""
    clear confident skeptical sceptical sure convinced hopeful optimistic pessimistic glad worried concerned certain
    eager willing unwilling reluctant ready open adamant critical supportive aware opposed interested proud sorry
    angry upset happy grateful disappointed surprised prepared determined committed
    upbeat doubtful unsure wary cautious dismissive bullish hostile thankful
""")

# Nouns for something written or recorded: "released a statement saying".
MEDIA_NOUNS = word_set("""
    statement letter email e-mail post tweet memo ad video speech release op-ed interview message text article column
    essay note blog book report affidavit brief advertisement
""")

# Verbs that negate the cue that follows them: "refused to say".
NEGATING_VERBS = word_set("""
    failed fails fail refused refuses refuse declined declines decline stopped omitted omits omit neglected neglects
    neglect forgot forgets forget
""")
