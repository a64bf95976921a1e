"""Lists of English words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .dates import MONTHS, WEEKDAYS


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, which are separated by white space."""
    return frozenset(text.split())


def one_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of the words, to be put in a group; longer words first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


# Stop words of questions.
QUESTION_WORDS = word_set("""
    what which who whom whose when where why how do does did done doing is am are was were be been being have has had
    having can could will would shall should may might must about into than then them they he she her his him its you
    your we our us i me my from over under also any some such only own same so too very just s t d ll m re ve please
    tell give name many much
""")

# Words without a meaning of their own: stop words of questions, articles, prepositions, conjunctions.
FUNCTION_WORDS = QUESTION_WORDS | word_set("""
    the a an of in on at to for by with and or not no nor but if as it this that these those there from up out off
    which while because between during after before its since until though although
""")

# Words that are capitalised at the start of a sentence or always, but aren't part of a name.
NON_NAME_WORDS = frozenset({*WEEKDAYS, *MONTHS}) | word_set("""
    the a an it this that these those there here but and or so yet if when while as in on at for from by with after
    before since they we i you who what which one some many most all both each no not his
    her its their our my your instead meanwhile however still because although though now asked nobody everyone someone
    i'd i'm they're we're it's
""")

# Words that are capitalised at the start of a question, but aren't part of a name.
NON_NAME_QUESTION_WORDS = word_set("""
    what who whom whose when where why how which did does do is are was were has have had can could will would should
    the a an in on at of and but so about tell please give show list name i according for from by to compare if
""")

# Titles and occupations before a name.
TITLES = word_set("""
    mr mrs ms miss dr sen rep gov gen adm sgt lt col capt prof rev sir dame lord lady president vice senator governor
    secretary minister premier chancellor congressman congresswoman representative justice judge mayor spokesman
    spokeswoman spokesperson commander king queen prince princess pope archbishop bishop rabbi pastor general admiral
    colonel captain sergeant lieutenant officer chief director director-general secretary-general administrator
    chairman chairwoman chair commissioner attorney prosecutor sheriff professor coach manager adviser advisor
    strategist analyst author actor actress economist reporter correspondent nominee candidate leader speaker
    ambassador executive businessman ceo cfo founder co-founder deputy host anchor journalist columnist historian
    scientist researcher pollster senators reps sens messrs treasurer superintendent comptroller ayatollah sheikh imam
    cardinal father sister councilman councilwoman assemblyman alderman lawyer activist entrepreneur billionaire state
    defense defence treasury ag singer playwright comedian pilot detective corporal major brigadier vice-president
    cllr councillor mp mps msp mep mla td inspector insp constable supt cpl cmdr commodore maj brig reverend monsignor
    msgr baroness viscount viscountess countess nurse doctor rt hon engr alhaji alhaja hajiya mallam
    shri smt pandit maulana mullah mzee madam madame mme mlle monsieur herr frau
""")

# Nouns in the names of organisations. A title before one of them is part of the name.
ORGANISATION_NOUNS = word_set("""
    academy administration agency assembly association bank board bureau center centre commission committee company
    corporation council court department electric foundation fund group house institute ministry motors office party
    service union university club league federation society trust authority alliance times post news network press
""")

# The last words of the names of newspapers, magazines, stations and agencies.
OUTLET_NOUNS = word_set("""
    advertiser argus broadcasting chronicle citizen courier daily dispatch echo examiner express gazette globe guardian
    herald independent inquirer journal magazine mail media mercury mirror monitor network news newspaper newspapers
    observer online post press radio record register review standard star sun telegraph television times tribune tv
    voice weekly
""")

MALE_TITLES = word_set("""
    mr sir lord king prince pope father bishop rabbi monsignor actor husband son brother grandfather uncle nephew
    widower duke emperor baron viscount earl monsieur herr alhaji mzee shri pandit maulana mullah mallam msgr
""")
FEMALE_TITLES = word_set("""
    mrs ms miss dame lady queen princess sister actress wife daughter sister mother grandmother aunt niece widow
    duchess empress businesswoman heiress baroness viscountess countess madam madame mme mlle frau alhaja hajiya smt
""")

COURTESY_TITLES = word_set("mr mrs ms miss sir dame lady lord madam mx madame mme mlle monsieur herr frau shri smt")

# Nouns for people, besides titles.
PERSON_NOUNS = word_set("""
    official witness neighbour neighbor friend aide source resident student expert voter teacher survivor victim driver
    worker employee supporter protester owner mother father boy girl person tourist passenger doctor nurse soldier
    fighter farmer fan player member lawmaker adviser advisor colleague relative cousin critic consultant analyst
    researcher author writer editor reader customer patient parent guest guide trader broker investor executive insider
    diplomat negotiator minister guard prisoner refugee migrant villager shopkeeper caller user onlooker bystander
""")

# Nationalities and parties before a name, which aren't part of it.
AFFILIATIONS = word_set("""
    republican democrat democratic independent libertarian conservative labour labor american british french german
    russian ukrainian chinese japanese israeli iranian turkish indian pakistani canadian australian mexican brazilian
    italian spanish polish hungarian belarusian egyptian saudi syrian iraqi afghan korean european african
    african-american
    latino democrats republicans
""")

# Lower-case words within names.
PARTICLES = word_set("de da di del la le van von der den bin al el")
# The particles that all patterns for names accept.
COMMON_PARTICLES = word_set("de van von bin al")

# Abbreviations in lower case, without their full stop.
ABBREVIATIONS = word_set(
    "etc approx dept vol fig incl max min est ext vs st jr sr co al pp cf ed mt ft lb oz am pm eg ie op"
)

NAME_SUFFIXES = word_set("jr sr ii iii iv")
# The suffixes that words after a name stand for: "George Bush the elder".
AGE_SUFFIXES = {"elder": "sr", "younger": "jr"}


def strip_suffix(name: list[str]) -> list[str]:
    """Remove suffixes such as "Jr." and "the elder" from the words of a name."""
    words = list(name)
    while len(words) > 2 and words[-2].lower() == "the" and words[-1].lower() in AGE_SUFFIXES:
        del words[-2:]
    while words and words[-1].strip(".,").lower() in NAME_SUFFIXES:
        words.pop()
    return words
