"""Sensitive values of each type, drawn at random in the spellings that people use.

Check digits come from python-stdnum, so that the rules are not measured with their own arithmetic.
"""

from collections.abc import Callable
from random import Random

from stdnum import luhn
from stdnum.fr import nir
from stdnum.iban import calc_check_digits

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_ALNUM = _LETTERS + _LETTERS.upper() + _DIGITS
_NBSP = "\u00a0"
_THIN = "\u202f"

FIRST = (
    "Élodie", "Sophie", "Jean", "Mohamed", "François", "Léa", "Zoé", "Thomas", "Émilie", "Chloé",
    "Hélène", "Nicolas", "Jérôme", "Benoît", "Inès", "Karim", "James", "Emily", "Sarah",
    "Michael", "Jessica", "Thibault", "Fatima", "Céline", "Raphaël", "Aïcha", "Jean-Pierre",
    "Marie-Laure",
)  # fmt: skip
LAST = (
    "Dupont", "Durand", "Lefèvre", "Müller", "García", "Nguyen", "Benali", "O'Brien", "Smith",
    "Johnson", "Traoré", "Lemaître", "Bénard", "Fournier", "Girard", "Mercier", "Lambert",
    "Bonnet", "Vasseur", "Haddad", "Schmidt", "Williams", "Rousselot", "Delaunay", "Lopez",
    "Béranger",
)  # fmt: skip


def digits(random: Random, count: int) -> str:
    return "".join(random.choices(_DIGITS, k=count))


def alnum(random: Random, count: int) -> str:
    return "".join(random.choices(_ALNUM, k=count))


def hexadecimal(random: Random, count: int) -> str:
    return "".join(random.choices("0123456789abcdef", k=count))


def plain(name: str) -> str:
    table = str.maketrans("éèêëàâîïôöûüçíáÉ'", "eeeeaaiioouucia" + "e" + "-")
    return name.translate(table).lower()


def person(random: Random) -> str:
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


def email(random: Random) -> str:
    first, last = plain(random.choice(FIRST)), plain(random.choice(LAST))
    local = random.choice(
        [
            f"{first}.{last}",
            f"{first[0]}{last}",
            f"{last}_{digits(random, 2)}",
            f"{first}+news",
            f"{first}-{last}",
        ]
    )
    domain = random.choice(
        [
            "gmail.com",
            "orange.fr",
            "société.fr",
            "dept.univ-lyon1.fr",
            "acme-corp.co.uk",
            "laposte.net",
            "proton.me",
        ]
    )
    style = random.random()
    if style < 0.8:
        return f"{local}@{domain}"
    name, _, suffix = domain.rpartition(".")
    if style < 0.9:
        return f"{local} [at] {name} [dot] {suffix}"
    return f"{local} arobase {name} point {suffix}" if "." not in name else f"{local}@{domain}"


def phone(random: Random) -> str:
    prefix = random.choice("123456679")
    pairs = [digits(random, 2) for _ in range(4)]
    separator = random.choice([" ", ".", "-", "", _NBSP, _THIN, "/"])
    national = separator.join([f"0{prefix}", *pairs])
    foreign = separator.join([prefix, *pairs]) if separator != "/" else " ".join([prefix, *pairs])
    return random.choice(
        [
            national,
            national,
            national,
            f"+33 {foreign}",
            f"+33{prefix}{''.join(pairs)}",
            f"0033 {foreign}",
            f"+33 (0){foreign}",
            f"+44 20 {digits(random, 4)} {digits(random, 4)}",
            f"+1 (415) 5{digits(random, 2)}-{digits(random, 4)}",
            f"(212) 5{digits(random, 2)}-{digits(random, 4)}",
            f"+32 4{digits(random, 2)} {digits(random, 2)} {digits(random, 2)} {digits(random, 2)}",
        ]
    )


def iban(random: Random) -> str:
    country, body = random.choice(
        [
            ("FR", digits(random, 10) + alnum(random, 11).upper() + digits(random, 2)),
            ("DE", digits(random, 18)),
            ("BE", digits(random, 12)),
            ("ES", digits(random, 20)),
            ("GB", "NWBK" + digits(random, 14)),
            ("LU", digits(random, 16)),
        ]
    )
    number = country + calc_check_digits(f"{country}00{body}") + body
    style = random.random()
    if style < 0.5:
        separator = random.choice([" ", " ", _NBSP, "-"])
        return separator.join(number[i : i + 4] for i in range(0, len(number), 4))
    return number if style < 0.9 else number.lower()


def card(random: Random) -> str:
    head, length = random.choice(
        [("4", 16), ("5" + random.choice("12345"), 16), ("37", 15), ("4970", 16), ("6011", 16)]
    )
    body = head + digits(random, length - len(head) - 1)
    number = body + luhn.calc_check_digit(body)
    if random.random() < 0.4:
        return number
    separator = random.choice([" ", "-", _NBSP])
    groups = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
    return separator.join(_grouped(number, groups))


def nir_number(random: Random) -> str:
    department = random.choice(["75", "69", "13", "2A", "2B", "59", "99"])
    body = (
        random.choice("12")
        + f"{random.randint(30, 99)}{random.randint(1, 12):02}{department}{digits(random, 6)}"
    )
    key = nir.calc_check_digits(body)
    style = random.random()
    if style < 0.4:
        return body + key
    separator = random.choice([" ", " ", _NBSP, "."])
    return separator.join([*_grouped(body, (1, 2, 2, 2, 3, 3)), *([key] if style < 0.85 else [])])


def siren(random: Random) -> str:
    body = random.choice("345789") + digits(random, 7)
    number = body + luhn.calc_check_digit(body)
    return (
        number
        if random.random() < 0.4
        else random.choice([" ", _NBSP]).join(_grouped(number, (3, 3, 3)))
    )


def siret(random: Random) -> str:
    body = random.choice("345789") + digits(random, 7)
    company = body + luhn.calc_check_digit(body)
    branch = company + "000" + digits(random, 1)
    number = branch + luhn.calc_check_digit(branch)
    return (
        number
        if random.random() < 0.4
        else random.choice([" ", _NBSP]).join(_grouped(number, (3, 3, 3, 5)))
    )


def ip(random: Random) -> str:
    if random.random() < 0.7:
        middle = f"{random.randint(0, 255)}.{random.randint(0, 255)}"
        return f"{random.choice([51, 82, 91, 185, 203])}.{middle}.{random.randint(31, 254)}"
    return f"2a01:{hexadecimal(random, 3)}1:{random.randint(1, 9999)}::{random.randint(1, 99)}"


def mac(random: Random) -> str:
    pairs = [hexadecimal(random, 2) for _ in range(5)] + ["3c"]
    text = random.choice(":-").join(pairs)
    return text.upper() if random.random() < 0.5 else text


def credentials(random: Random) -> str:
    return (
        f"{plain(random.choice(LAST))}:{password(random)}".replace("@", "!")
        .replace("/", "_")
        .replace("#", "$")
    )


def secret(random: Random) -> str:
    jwt = f"eyJ{alnum(random, 17)}.eyJ{alnum(random, 40)}.{alnum(random, 43)}"
    pem = (
        "-----BEGIN RSA PRIVATE KEY-----\n"
        + "\n".join(alnum(random, 64) for _ in range(6))
        + "\n-----END RSA PRIVATE KEY-----"
    )
    return random.choice(
        [
            "AKIA" + "".join(random.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)),
            "ghp_" + alnum(random, 36),
            "glpat-" + alnum(random, 20),
            "xoxb-" + digits(random, 12) + "-" + alnum(random, 24),
            "sk-proj-" + alnum(random, 48),
            "sk-ant-api03-" + alnum(random, 60),
            "hf_" + alnum(random, 34),
            "AIza" + alnum(random, 35),
            "sk_live_" + alnum(random, 24),
            "SG." + alnum(random, 22) + "." + alnum(random, 43),
            "npm_" + alnum(random, 36),
            "pypi-AgEIcHlwaS5vcmc" + alnum(random, 60),
            "gsk_" + alnum(random, 52),
            jwt,
            pem,
            "glsa_" + alnum(random, 32) + "_" + hexadecimal(random, 8),
            "dop_v1_" + hexadecimal(random, 64),
        ]
    )


def random_key(random: Random) -> str:
    return random.choice(
        [
            alnum(random, 32),
            hexadecimal(random, 32),
            alnum(random, 40)[:-1] + "7",
            alnum(random, 24) + "==",
        ]
    )


def password(random: Random) -> str:
    word = random.choice(
        ["Azerty", "Soleil", "hunter", "Chaton", "P@ssw0rd", "Été", "qwerty", "Lyon"]
    )
    return random.choice(
        [
            f"{word}{digits(random, 3)}!",
            f"{word}-{digits(random, 4)}",
            alnum(random, 9) + digits(random, 1) + "#x",
            f"{word}_{alnum(random, 4)}9",
            f"{word}{digits(random, 4)}",
        ]
    )


def user(random: Random) -> str:
    first, last = random.choice(FIRST), random.choice(LAST)
    return random.choice(
        [
            plain(first)[0] + plain(last),
            plain(first),
            f"{plain(first)}.{plain(last)}",
            first.lower(),
        ]
    )


def id_document(random: Random) -> str:
    letters = _LETTERS.upper()
    return random.choice(
        [
            # A French passport, identity cards of before 2021 and since, a British licence.
            f"{digits(random, 2)}{''.join(random.choices(letters, k=2))}{digits(random, 5)}",
            digits(random, 12),
            f"X{digits(random, 1)}{''.join(random.choices(letters, k=6))}{digits(random, 1)}",
            f"{''.join(random.choices(letters, k=5))}{digits(random, 6)}SM9IJ",
        ]
    )


def plate(random: Random) -> str:
    pairs = ["".join(random.choices("ABCDEFGHJKLMNPQRSTVWXYZ", k=2)) for _ in range(2)]
    sign = random.choice("- ")
    return f"{pairs[0]}{sign}{digits(random, 3)}{sign}{pairs[1]}"


def address(random: Random) -> str:
    number = str(random.randint(1, 240)) + random.choice(["", "", " bis", ",", " ter"])
    street = random.choice(
        [
            "rue de la Paix",
            "avenue Jean Jaurès",
            "boulevard de l'Hôpital",
            "impasse des Lilas",
            "allée des Érables",
            "place de la République",
            "chemin du Moulin",
            "bd Saint-Michel",
            "quai de la Tournelle",
            "rue Victor-Hugo",
        ]
    )
    city = random.choice(
        [
            "75011 Paris",
            "69003 Lyon",
            "13001 Marseille",
            "31000 Toulouse",
            "42000 Saint-Étienne",
            "67000 Strasbourg",
        ]
    )
    english = random.choice(
        [
            "221B Baker Street, London NW1 6XE",
            "742 Evergreen Terrace",
            "1600 Pennsylvania Avenue, Washington, DC 20500",
            "12 High Street, Oxford OX1 4AW",
            "350 5th Ave, New York, NY 10118",
            "48 Rose Lane, Cambridge",
        ]
    )
    french = f"{number} {street}"
    return random.choice(
        [f"{french}, {city}", f"{french} {city}", french, f"{french}, {city}", english]
    )


_FRENCH_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def birth_date(random: Random) -> str:
    day, month, year = random.randint(1, 28), random.randint(1, 12), random.randint(1940, 2010)
    french, english = _FRENCH_MONTHS[month - 1], _ENGLISH_MONTHS[month - 1]
    return random.choice(
        [
            f"{day:02}/{month:02}/{year}",
            f"{day}/{month}/{year % 100:02}",
            f"{day} {french} {year}",
            f"{english} {day}, {year}",
            f"{year}-{month:02}-{day:02}",
            f"{day:02}.{month:02}.{year}",
            f"1er {french} {year}",
        ]
    )


VALUES: dict[str, Callable[[Random], str]] = {
    "address": address,
    "birth_date": birth_date,
    "card": card,
    "credentials": credentials,
    "email": email,
    "iban": iban,
    "id_document": id_document,
    "ip": ip,
    "key": random_key,
    "mac": mac,
    "nir": nir_number,
    "password": password,
    "person": person,
    "phone": phone,
    "plate": plate,
    "secret": secret,
    "siren": siren,
    "siret": siret,
    "user": user,
}


def _grouped(number: str, sizes: tuple[int, ...]) -> list[str]:
    groups: list[str] = []
    position = 0
    for size in sizes:
        groups.append(number[position : position + size])
        position += size
    return groups
