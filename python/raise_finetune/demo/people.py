"""Personal data of people who do not exist, from ranges that are kept for examples.

Phone numbers are those that regulators reserve for fiction, addresses lie in example.com, bank
and card numbers are the published test numbers: a detector must find them, and no one is harmed.
"""

import unicodedata

from raise_finetune.demo.draws import Draws
from raise_finetune.demo.template import Values
from raise_finetune.messages import Language

_FIRST_NAMES: dict[Language, tuple[str, ...]] = {
    "fr": ("Claire", "Hélène", "Nicolas", "Karim", "Aurélie", "Jérôme", "Yasmine", "Étienne",
           "Sophie", "Thibault", "Maëlle", "François", "Léa", "Rachid", "Noémie", "Benoît"),
    "en": ("Alice", "Oliver", "Priya", "George", "Hannah", "Samuel", "Grace", "Liam",
           "Charlotte", "Mohammed", "Emily", "Jack", "Zoë", "Daniel", "Chloe", "Ethan"),
}  # fmt: skip
_LAST_NAMES: dict[Language, tuple[str, ...]] = {
    "fr": ("Fontaine", "Lefèvre", "Marchand", "Benali", "Rousseau", "Girard", "Haddad", "Chevalier",
           "Perrin", "Delaunay", "Moreau", "N'Guyen", "Le Goff", "Besson", "Garnier", "Hervé"),
    "en": ("Harrison", "Bennett", "Shah", "Whitfield", "Okafor", "Turner", "Lindqvist", "Walsh",
           "Fletcher", "Ahmed", "Carter", "O'Neill", "Marsh", "Price", "Sinclair", "Hughes"),
}  # fmt: skip
_STREETS: dict[Language, tuple[str, ...]] = {
    "fr": ("rue des Acacias", "avenue de la Gare", "boulevard des Tilleuls", "impasse du Moulin"),
    "en": ("Station Road", "Maple Avenue", "Mill Lane", "Church Street"),
}
_TOWNS: dict[Language, tuple[str, ...]] = {
    "fr": ("31000 Toulouse", "69003 Lyon", "78000 Versailles", "44200 Nantes"),
    "en": ("Bristol BS1 4ZZ", "Leeds LS1 4ZZ", "Derby DE1 4ZZ", "Coventry CV1 4ZZ"),
}
# Blocks that the regulators (Arcep, Ofcom) keep for works of fiction; the rest is drawn.
_PHONES: dict[Language, tuple[str, ...]] = {
    "fr": ("01 99 00 {:02d} {:02d}", "06 39 98 {:02d} {:02d}", "+33 6 39 98 {:02d} {:02d}",
           "04.65.71.{:02d}.{:02d}", "05 36 49 {:02d} {:02d}"),
    "en": ("07700 9001{:02d}", "+44 7700 9003{:02d}", "020 7946 08{:02d}", "(202) 555-01{:02d}"),
}  # fmt: skip
_IBANS = (
    "FR14 2004 1010 0505 0001 3M02 606",
    "DE89 3704 0044 0532 0130 00",
    "GB29 NWBK 6016 1331 9268 19",
    "BE68 5390 0754 7034",
)
_CARDS = ("4242 4242 4242 4242", "5555 5555 5555 4444", "4000 0566 5566 5556", "378282246310005")
_PASSWORDS = ("Soleil-2024!", "hiver_A320", "correct-horse-9", "Bleu!Canard77", "Test1234$")
_HOSTS = ("gitlab.example.com", "nas-essais.example.org", "doors.example.net")


def personal_data(language: Language, draws: Draws) -> Values:
    """Return slots that describe two people and what belongs to the first of them."""
    first, last = draws.choice(_FIRST_NAMES[language]), draws.choice(_LAST_NAMES[language])
    colleague = draws.choice(_FIRST_NAMES[language]), draws.choice(_LAST_NAMES[language])
    account = _plain(first[0] + last)
    street = f"{draws.between(1, 98)} {draws.choice(_STREETS[language])}"
    phone = draws.choice(_PHONES[language])
    day, month, year = draws.between(1, 28), draws.between(1, 12), draws.between(1960, 1999)
    return {
        "first": first,
        "person": f"{first} {last}",
        "person2": " ".join(colleague),
        "email": f"{_plain(first)}.{_plain(last)}@example.com",
        "email2": f"{_plain(colleague[0])}.{_plain(colleague[1])}@example.org",
        "phone": phone.format(draws.below(100), draws.below(100)),
        "address": f"{street}, {draws.choice(_TOWNS[language])}",
        "birthday": f"{day:02d}/{month:02d}/{year}",
        "iban": draws.choice(_IBANS),
        "card": draws.choice(_CARDS),
        "password": draws.choice(_PASSWORDS),
        "token": f"DEMO-{draws.word():08x}-NOT-A-SECRET",
        "account": account,
        "host": draws.choice(_HOSTS),
        "ip": f"192.0.2.{draws.between(1, 254)}",
    }


def _plain(name: str) -> str:
    """Return a name as an account would hold it: lower case, no accent, no space."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalpha())
