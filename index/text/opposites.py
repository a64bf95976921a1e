"""Words that negate, and words that exclude each other."""

from __future__ import annotations

from .words import word_set

NEGATORS = word_set(
    "not n't never nor neither no none nobody nothing nowhere without hardly barely scarcely rarely unless"
)
# Verbs and adjectives that negate their complements.
NEGATING_WORDS = word_set("""
    deny refuse reject decline fail doubt question prevent stop keep avoid escape lack refrain cease oppose block ban
    forbid prohibit hinder dismiss dispute disbelieve rule unable unlikely impossible unwilling reluctant hesitant
    hesitate wrong neglect omit abandon cancel exclude preclude bar dissuade discourage disagree turn halt
    veto resist shun overturn overrule
""")
# Negated by their prefix.
NEGATIVE_FORMS = word_set("""
    imperfect ineligible uninsured unrecognised unrecognized unknown unclear uncertain unable unaware unsafe unfair
    unjust unlawful
    unwilling unsuccessful unpopular unprepared unprecedented unaffected unchanged unharmed uninjured unhurt unpaid
    unsold untrue unusual invalid inaccurate incorrect incomplete ineffective inadequate insufficient invisible
    irresponsible irrelevant illegal impossible improbable dishonest disloyal dissatisfied
""")

# Pairs of words with opposite meanings.
ANTONYMS = [
    frozenset(pair.split("/"))
    for pair in word_set("""
    increase/decrease increase/fall increase/reduce increase/drop rise/fall rise/drop rise/decline grow/shrink
    raise/lower raise/reduce win/lose victory/defeat high/low higher/lower early/late before/after first/last
    best/worst better/worse good/bad strong/weak gain/lose accept/reject approve/reject support/oppose allow/forbid
    allow/ban allow/prevent include/exclude begin/end start/end start/stop open/close open/closed buy/sell rich/poor
    large/small big/small long/short old/young old/new hot/cold north/south east/west northern/southern
    eastern/western up/down above/below success/failure succeed/fail guilty/innocent legal/illegal safe/dangerous
    praise/criticize praise/criticise praise/condemn welcome/condemn love/hate hope/fear confirm/deny admit/deny
    join/leave stay/leave remain/leave arrive/leave majority/minority maximum/minimum always/never often/rarely
    easy/hard easy/difficult quick/slow quickly/slow quickly/slowly fast/slow public/private positive/negative
    optimistic/pessimistic protect/harm help/hinder improve/worsen expand/contract ally/enemy friend/enemy
    inside/outside import/export arrest/release hire/fire appoint/dismiss create/destroy build/destroy
    build/demolish alive/dead survive/die life/death peace/war attack/defend most/least upper/lower major/minor
    deep/shallow wide/narrow full/empty optional/mandatory optional/compulsory voluntary/compulsory
    natural/artificial direct/indirect former/latter ancestor/descendant cause/result agree/disagree
    """)
]

# Words of one line are mutually exclusive.
EXCLUSIVE_WORDS = [
    word_set(line)
    for line in (
        "second minute hour day week month year",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "north south east west",
        "northern southern eastern western",
        "northeast northwest southeast southwest",
        "spring summer autumn winter",
        "morning afternoon evening night",
        "father mother brother sister son daughter husband wife uncle aunt nephew niece cousin",
        "red blue green yellow white black brown orange purple grey",
    )
]
