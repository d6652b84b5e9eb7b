"""Passwords and names in tables, whose cue is the name of their column: CSV, Markdown, SQL."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.machine_name import is_likely, machine_at
from raise_finetune.dataset.sanitize.rules.password_shape import mixed, plausible
from raise_finetune.dataset.sanitize.rules.password_word import may_be_password
from raise_finetune.dataset.sanitize.rules.person_name import likely_name, name_at
from raise_finetune.dataset.sanitize.rules.rule import Column, Rule, Span, any_of, each
from raise_finetune.dataset.sanitize.rules.user_names import ACCOUNT_NAME, may_be_a_persons

_REACH = 4000  # characters down from the names of the columns
_LONGEST_LINE = 400
_MOST_COLUMNS = 30
_DELIMITERS = "|;\t,"
# What stands in a line of prose between two commas is longer, or says that it goes on.
_MOST_WORDS = 3
_PROSE = re.compile(r"[.?!…:]\s*\Z|,\s*(?:and|et|or|ou|puis|then|as|comme)\b", re.IGNORECASE)
# "manager", of a list with one item on each line
_ITEM = re.compile(r"[^,\n]*,[ \t]*\r?\Z")
_AROUND = " \t\r\"'`*"
# Tells whether a column holds such values, from its name and the line of all names.
_Named = Callable[[str, str], bool]


def _cells_below(text: str, start: int, named: _Named) -> Iterator[Span]:
    """Yield the cells of the column whose name holds ``start``, down to the end of the table."""
    first = text.rfind("\n", max(0, start - _LONGEST_LINE), start) + 1
    end = text.find("\n", start, start + _LONGEST_LINE)
    # In a line of any length nothing may be read from the text's beginning for each name in it.
    if end < 0 or (first == 0 and start > _LONGEST_LINE):
        return
    names = text[first:end]
    delimiter = _delimiter(names)
    if _PROSE.search(names) or not delimiter or _ITEM.match(names):
        return
    if max(len(name.split()) for name in names.split(delimiter)) > _MOST_WORDS:
        return
    place, width = names.count(delimiter, 0, start - first), names.count(delimiter)
    pattern = _cell(delimiter, min(place, _MOST_COLUMNS))
    stop = min(len(text), start + _REACH)
    while end < stop:
        begin = end + 1
        end = text.find("\n", begin, begin + _LONGEST_LINE)
        end = stop if end < 0 else end
        row = pattern.match(text, begin, end)
        if row is None or (text.count(delimiter, begin, end) != width and '"' not in row.group()):
            return
        cell = _bare(text, *row.span("cell"))
        if named(text[cell[0] : cell[1]], names):  # another table, which has its own anchor
            return
        yield cell


def _delimiter(line: str) -> str:
    return next((sign for sign in _DELIMITERS if sign in line), "")


@cache
def _cell(delimiter: str, place: int) -> re.Pattern[str]:
    """Return what matches a row up to and with the cell at this place; a quoted one is whole."""
    other = rf"[^{delimiter}\n]*"
    return re.compile(
        rf'(?:(?>(?: ?"[^"\n]*")?{other}){re.escape(delimiter)}){{{place}}}'
        rf'(?P<cell> ?"[^"\n]*"|{other})'
    )


_VALUES = re.compile(r"[^()\n]{0,300}\)\s{0,8}VALUES\s{0,8}(?=\()", re.IGNORECASE)
_SQL_CELL = r"(?>\s{0,8}(?:'(?:[^'\n\\]|\\.|'')*'|[^,()'\n]*))"
_SQL_ROW_END = re.compile(rf"(?:,{_SQL_CELL}){{0,{_MOST_COLUMNS}}}\)\s{{0,8}},\s{{0,8}}(?=\()")


def _cells_inserted(text: str, start: int) -> Iterator[Span]:
    """Yield what an INSERT puts into the column whose name holds ``start``."""
    values = _VALUES.match(text, start, start + _LONGEST_LINE)
    first = text.rfind("(", max(0, start - _LONGEST_LINE), start)
    if values is None or first < 0:
        return
    pattern = _sql_cell(min(text.count(",", first, start), _MOST_COLUMNS))
    row = pattern.match(text, values.end(), start + _REACH)
    while row is not None:
        yield _bare(text, *row.span("cell"))
        end = _SQL_ROW_END.match(text, row.end(), start + _REACH)
        row = pattern.match(text, end.end(), start + _REACH) if end else None


@cache
def _sql_cell(place: int) -> re.Pattern[str]:
    return re.compile(rf"\((?:{_SQL_CELL},){{{place}}}(?P<cell>{_SQL_CELL})")


def _bare(text: str, begin: int, end: int) -> Span:
    """Leave out blanks, quotes and stars around a cell's content."""
    content = text[begin:end]
    begin += len(content) - len(content.lstrip(_AROUND))
    return begin, begin + len(content.strip(_AROUND))


_LINE_END = re.compile(r"\n|\)(?=\s{0,8}VALUES\b)", re.IGNORECASE)


def _column_name(text: str, start: int) -> tuple[str, str]:
    """Return the whole name of a column that holds ``start``, and the line it stands in."""
    first = max(0, start - _LONGEST_LINE)
    before = text[first:start].rpartition("\n")[2].rpartition("(")[2]
    after = _LINE_END.split(text[start : start + _LONGEST_LINE], maxsplit=1)[0]
    line = before + after
    delimiter = _delimiter(line) or ","
    name = before.rpartition(delimiter)[2] + after.partition(delimiter)[0]
    return name.strip(_AROUND), line


def _column(named: _Named, accept: Callable[[str, Span], bool]) -> Column:
    """Return what yields the accepted cells of a column."""

    def accepted(text: str, start: int) -> Iterator[Span]:
        if named(*_column_name(text, start)):
            for cell in _cells(text, start, named):
                if accept(text, cell):
                    yield cell

    return Column(accepted)


def _cells(text: str, start: int, named: _Named) -> Iterator[Span]:
    return chain(_cells_below(text, start, named), _cells_inserted(text, start))


_PASSWORDS = "mot de passe | mots de passe | mdp | password | passwords | passwd | pwd | passphrase"
_PASSWORD_COLUMN = re.compile(
    rf"(?:\w{{1,16}}[ _.-]?)?{any_of(_PASSWORDS)}"
    r"(?:[ _-](?:initial|temporaire|provisoire|actuel|temporary|current|default|par d[ée]faut"
    r"|wi-?fi|admin|root|vpn|user|utilisateur|db|ssh|bdd|clair|en clair|plain|text|plaintext))?"
    r"(?: ?\([^()]{1,20}\))?\Z",
    re.IGNORECASE,
)
# SHA-256, aes-256, WPA2, Argon2, menu-2; not Pignon-88
_METHOD = re.compile(
    r"[A-Z]{2,6}-?[0-9]{1,4}\Z|[a-z]{2,20}[-_]?[0-9]\Z|(?i:(?:sha|aes|wpa|md|des|rsa|rc|tls|ssl|v)-?[0-9]{1,4}\Z"
    r"|(?:bcrypt|scrypt|argon|pbkdf))"
)


def _of_passwords(name: str, line: str) -> bool:
    del line
    return _PASSWORD_COLUMN.match(name) is not None


# Beside a column of these, also one of letters alone.
_BESIDE_LOGINS = re.compile(
    r"(?<!\w)(?:login|identifiant|username|user|utilisateur|compte|account)(?!\w)", re.IGNORECASE
)
# Below such a name also one of digits alone, which is no year and no count.
_DIGITS = re.compile(r"[0-9]{6,12}\Z")
# Beside these, digits are counts, or a word's place: "step,password,count".
_COUNTED = re.compile(
    r"(?<!\w)(?:steps?|counts?|epochs?|iterations?|it[ée]rations?|tokens?|occurrences|freq(?:uency)?"
    r"|fr[ée]quence|scores?|loss)(?!\w)",
    re.IGNORECASE,
)


def _passwords(text: str, start: int) -> Iterator[Span]:
    name, line = _column_name(text, start)
    if not _of_passwords(name, line):
        return
    may_be_digits = _COUNTED.search(line) is None
    may_be_word = _BESIDE_LOGINS.search(line) is not None
    for cell in _cells(text, start, _of_passwords):
        value = text[cell[0] : cell[1]]
        if (
            _is_built(value)
            or (may_be_digits and _DIGITS.match(value))
            or (may_be_word and value.islower() and may_be_password(value))
        ):
            yield cell


def _is_built(value: str) -> bool:
    return " " not in value and mixed(value) and plausible(value) and _METHOD.match(value) is None


_SURE_NAMES = """
    prénom | prénoms | first name | firstname | given name | last name | lastname | surname |
    family name | nom de famille | nom complet | full name | fullname | nom et prénom |
    nom prénom | nom d'usage | nom de naissance
    """
_OTHER_NAMES = "nom | name"
_SURE_COLUMN = re.compile(any_of(_SURE_NAMES) + r"\Z", re.IGNORECASE)
_OTHER_COLUMN = re.compile(any_of(_OTHER_NAMES) + r"\Z", re.IGNORECASE)
# Beside these, a column of names is one of people.
_OF_PEOPLE = re.compile(
    rf"(?<!\w)(?:{any_of(_SURE_NAMES)}|"
    + any_of(
        "e-mail | email | mail | courriel | tél | téléphone | phone | mobile | naissance | birth"
        "| dob | date de naissance | birth date | date of birth | poste | fonction | nir"
        "| présence | rôle | société | entité | service | company | role | attendance | signature"
    )
    + r")(?!\w)",
    re.IGNORECASE,
)


def _of_people(name: str, line: str) -> bool:
    if _SURE_COLUMN.match(name):
        return True
    return _OTHER_COLUMN.match(name) is not None and _OF_PEOPLE.search(line) is not None


def _name(text: str, cell: Span) -> bool:
    name = name_at(text, cell[0])
    return name is not None and text[name[1] : cell[1]] in {"", "."}  # "Ada L."


# Who does something: the cell may hold a team or a company as well.
_ACTORS = """
    responsable | pilote | porteur | porteuse | auteur | rédacteur | relecteur | vérificateur |
    approbateur | suppléant | demandeur | intervenant | interlocuteur | référent | assigné à |
    affecté à | acteur | owner | author | assignee | assigned to | reporter | reviewer | approver |
    lead | deputy | contact | attendee | participant | participants | requester | approved by |
    reviewed by | raised by | prepared by | checked by | propriétaire | validé par | rédigé par |
    créé par | created by | employé | employee | salarié |
    collaborateur | manager | chef de projet | project manager
    """
# These words are everywhere: only between columns.
_WHO = ("qui |", "qui;", "who |")
_ACTOR_COLUMN = re.compile(any_of(f"{_ACTORS} | qui | who") + r"\Z", re.IGNORECASE)


def _of_actors(name: str, line: str) -> bool:
    del line
    return _ACTOR_COLUMN.match(name) is not None


def _actor(text: str, cell: Span) -> bool:
    return _name(text, cell) and likely_name(text, cell)


_MACHINES = (
    "machine | machines | serveur | serveurs | server | servers | host | hosts | hostname | hôte"
)
_MACHINE_COLUMN = re.compile(any_of(_MACHINES) + r"\Z", re.IGNORECASE)


def _of_machines(name: str, line: str) -> bool:
    del line
    return _MACHINE_COLUMN.match(name) is not None


def _machine(text: str, cell: Span) -> bool:
    return machine_at(text, cell[0], is_likely) == cell


_ACCOUNTS = (
    "login | logins | identifiant | username | user name | user | utilisateur | compte | account"
)
_ACCOUNT_COLUMN = re.compile(any_of(_ACCOUNTS) + r"\Z", re.IGNORECASE)
# Beside these, a column of accounts is one of somebody's.
_OF_ACCOUNTS = re.compile(
    rf"(?<!\w)(?:{any_of(_PASSWORDS)}|"
    + any_of(
        "e-mail | email | mail | nom | prénom | name | droits | rights | permissions | profil"
        "| profile | outil | tool | groupe | group | serveur | server | machine | host | équipe"
        "| team | site"
    )
    + r")(?!\w)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(rf"{ACCOUNT_NAME}\Z")


def _of_accounts(name: str, line: str) -> bool:
    return _ACCOUNT_COLUMN.match(name) is not None and _OF_ACCOUNTS.search(line) is not None


def _account(text: str, cell: Span) -> bool:
    value = text[cell[0] : cell[1]]
    return _ACCOUNT.match(value) is not None and may_be_a_persons(value)


# Papers, badges and plates: a number with hardly a small letter in it.
_PAPERS = """
    matricule | badge | passeport | passport | passport no | passport number | passport # | cni |
    carte d'identité | permis | permis de conduire | plaque | immatriculation | immat | n° sécu |
    numéro de sécurité sociale | ssn | employee id | employee number | staff id | staff number |
    id employé | driving licence | driver license | license plate | number plate
    """
_EQUIPMENT = """
    désignation | équipement | pièce | article | emplacement | machine | matériel | stock |
    composant | immobilisation | étalonnage | outillage | moteur | aéronef | avion | engin |
    équipements | equipment | part | asset | aircraft
    """
_STAFF = """
    nom | name | agent | opérateur | opératrice | operator | employé | employee | salarié |
    collaborateur | conducteur | chauffeur
    """
_PAPER_COLUMN = re.compile(
    rf"(?:n[°o]\.?\s?(?:de\s|d['’])?|num[ée]ro\s(?:de\s|d['’]))?{any_of(_PAPERS)}(?:\s?(?:n°|no|rh))?\Z",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"(?=(?:[^0-9]*[0-9]){3})[A-Z0-9]{1,10}(?:[ -][A-Z0-9]{1,10}){0,4}\Z|[a-z][0-9]{5,9}\Z"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}\Z|[0-9]{1,4}[ -][0-9]{1,2}[ -][0-9]{1,4}\Z")


# Beside these, "matricule" is the number of a device or of a part …
_OF_EQUIPMENT = re.compile(rf"(?<!\w)(?:{any_of(_EQUIPMENT)})s?(?!\w)", re.IGNORECASE)
# … unless people stand in the same rows.
_OF_STAFF = re.compile(rf"(?<!\w)(?:{any_of(f'{_SURE_NAMES} | {_STAFF}')})s?(?!\w)", re.IGNORECASE)


def _of_papers(name: str, line: str) -> bool:
    if _PAPER_COLUMN.match(name) is None:
        return False
    if not name.lower().startswith("matricule"):
        return True
    return _OF_EQUIPMENT.search(line) is None or _OF_STAFF.search(line) is not None


def _paper(text: str, cell: Span) -> bool:
    value = text[cell[0] : cell[1]]
    return len(value) > _SHORTEST_PAPER and bool(_PAPER.match(value)) and not _DATE.match(value)


_SHORTEST_PAPER = 3
_NAME_ENDS = r"[\"'`*]{0,2}[ \t]?[,;|\t\r\n)]"
# These words are everywhere, and before a comma and a blank they stand in a sentence.
_CELL_ENDS = r"[\"'`*]{0,2}(?:[ \t]?\||[;,][^\s]|\t|\r?\n)"
# … but for names of columns in a row: "(id, login, email)".
_SQL_ENDS = r"[\"'`]?, [\"'`]?[a-z_]{2,24}[\"'`]?[,)]"

RULES = (
    Rule(
        "password-column",
        FindingType.PASSWORD,
        each(_PASSWORDS, after=r"(?:[ _-][a-z]{2,12}){0,2}(?: ?\([^()]{1,20}\))?" + _NAME_ENDS),
        True,
        Column(_passwords),
        carried=True,
    ),
    Rule(
        "person-column",
        FindingType.PERSON,
        each(_SURE_NAMES, r"\b", _NAME_ENDS) + each(_OTHER_NAMES, r"\b", _NAME_ENDS),
        True,
        _column(_of_people, _name),
    ),
    Rule(
        "person-actor-column",
        FindingType.PERSON,
        (*each(_ACTORS, r"\b", _NAME_ENDS), *(re.escape(name).encode() for name in _WHO)),
        True,
        _column(_of_actors, _actor),
    ),
    Rule(
        "paper-column",
        FindingType.ID_DOCUMENT,
        each(_PAPERS, r"\b", _NAME_ENDS),
        True,
        _column(_of_papers, _paper),
        carried=True,
    ),
    Rule(
        "host-column",
        FindingType.HOST,
        each(_MACHINES, r"\b", _CELL_ENDS),
        True,
        _column(_of_machines, _machine),
        carried=True,
    ),
    Rule(
        "user-column",
        FindingType.USER,
        (*each(_ACCOUNTS, r"\b", _CELL_ENDS), *each(_ACCOUNTS, r"\b", _SQL_ENDS)),
        True,
        _column(_of_accounts, _account),
        carried=True,
    ),
)
