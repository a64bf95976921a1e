"""Countries by their names and by the adjectives of nationality: "Russia", "Russian". The data is from CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from babel import Locale
from babel.core import get_global

# Adjectives that are neither the name of a language nor formed from that of the country, and short names.
_IRREGULAR = {
    "american": "US", "america": "US", "us": "US", "usa": "US", "british": "GB", "britain": "GB", "uk": "GB",
    "swiss": "CH", "dutch": "NL", "filipino": "PH", "emirati": "AE", "argentine": "AR", "peruvian": "PE",
    "turkey": "TR", "turkish": "TR", "saudi": "SA",
}  # fmt: skip
_SUFFIXES = ("ian", "ean", "ese", "ish", "an", "i")
_ENDINGS = ("ia", "a", "e", "y", "o", "ium", "")  # of the country's name: Niger-ia before Niger
_MIN_STEM = 3
_NO_COUNTRY = {"english", "latin", "arabic"}  # languages of several countries


@lru_cache(maxsize=4096)
def country_of(word: str) -> str | None:
    """Return the ISO 3166 code of the country that a word names or describes ("Russia", "Russian"), or None."""
    folded = word.lower().replace(".", "").removesuffix("'s").removesuffix("’s")
    names = _countries()
    if folded in names:
        return names[folded]
    for suffix in _SUFFIXES:
        stem = folded.removesuffix(suffix)
        if stem != folded and len(stem) >= _MIN_STEM:
            for ending in _ENDINGS:
                if stem + ending in names:
                    return names[stem + ending]
    return names.get(f"{folded}istan")  # "Afghan"


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """Return the codes of countries by name in lower case, and by the language that is named after them."""
    english = Locale("en")
    names = english.territories
    codes = {name.lower(): code for code, name in names.items() if len(code) == 2 and code.isalpha()}
    languages: dict[str, str] = {}
    likely = get_global("likely_subtags")
    for code, name in english.languages.items():
        territory = likely.get(code, "")[-2:]
        adjective = name.lower()
        if len(code) == 2 and territory in names and adjective not in _NO_COUNTRY and " " not in adjective:
            is_named_after = names[territory].lower()[:_MIN_STEM] == adjective[:_MIN_STEM]
            # Most speakers of Portuguese don't live in Portugal.
            others = (known for country, known in codes.items() if country[:4] == adjective[:4] and " " not in country)
            languages[adjective] = territory if is_named_after else next(others, territory)
    return {**languages, **codes, **_IRREGULAR}
