"""The words that definitions and rows share: types of incident, offences, and how offences nest.

A selection that names an unknown type would count nothing and look like zero, so the loader holds
every selection against these lists.
"""

from __future__ import annotations

from typing import Final

# The fourteen types of data.police.uk (api categories; 'violent-crime' carries its full name here).
CATEGORIES: Final[dict[str, str]] = {
    "anti-social-behaviour": "Anti-social behaviour",
    "bicycle-theft": "Bicycle theft",
    "burglary": "Burglary",
    "criminal-damage-arson": "Criminal damage and arson",
    "drugs": "Drugs",
    "other-theft": "Other theft",
    "possession-of-weapons": "Possession of weapons",
    "public-order": "Public order",
    "robbery": "Robbery",
    "shoplifting": "Shoplifting",
    "theft-from-the-person": "Theft from the person",
    "vehicle-crime": "Vehicle crime",
    "violence-and-sexual-offences": "Violence and sexual offences",
    "other-crime": "Other crime",
}

# Offence groups of the recorded-crime tables by community safety partnership (ONS Table C2) and of
# the older local tables that split rape, robbery and crimes against society differently.
OFFENCES: Final[dict[str, str]] = {
    "all": "Total recorded crime (excluding fraud)",
    "violence-against-the-person": "Violence against the person",
    "homicide": "Homicide",
    "death-or-serious-injury-driving": "Death or serious injury caused by illegal driving",
    "violence-with-injury": "Violence with injury",
    "violence-without-injury": "Violence without injury",
    "stalking-and-harassment": "Stalking and harassment",
    "sexual-offences": "Sexual offences",
    "rape": "Rape",
    "other-sexual-offences": "Other sexual offences",
    "robbery": "Robbery",
    "personal-robbery": "Personal robbery",
    "business-robbery": "Business robbery",
    "theft-offences": "Theft offences",
    "burglary": "Burglary",
    "burglary-residential": "Residential burglary",
    # Called 'business and community' from April 2017 and 'non-residential' from 2023 in Table C2.
    "burglary-business-and-community": "Business and community (non-residential) burglary",
    "vehicle-offences": "Vehicle offences",
    "theft-from-the-person": "Theft from the person",
    "bicycle-theft": "Bicycle theft",
    "shoplifting": "Shoplifting",
    "other-theft": "All other theft offences",
    "criminal-damage-and-arson": "Criminal damage and arson",
    "drug-offences": "Drug offences",
    "possession-of-weapons": "Possession of weapons",
    "public-order": "Public order offences",
    "miscellaneous-crimes-against-society": "Miscellaneous crimes against society",
    "other-crimes-against-society": "Other crimes against society",
}

# A whole is added up from these only where the source prints no row for it and prints every part.
OFFENCE_PARTS: Final[dict[str, tuple[str, ...]]] = {
    "violence-against-the-person": (
        "homicide",
        "death-or-serious-injury-driving",
        "violence-with-injury",
        "violence-without-injury",
        "stalking-and-harassment",
    ),
    "sexual-offences": ("rape", "other-sexual-offences"),
    "robbery": ("personal-robbery", "business-robbery"),
    "burglary": ("burglary-residential", "burglary-business-and-community"),
    "other-crimes-against-society": (
        "drug-offences",
        "possession-of-weapons",
        "public-order",
        "miscellaneous-crimes-against-society",
    ),
}

FLAG_WORDS: Final[dict[str, str]] = {
    "alcohol": "marked alcohol-related",
    "domestic_abuse": "marked domestic abuse",
    "hate": "marked hate crime",
    "vulnerable_adult": "marked vulnerable adult",
    "youth": "marked youth-related",
}
