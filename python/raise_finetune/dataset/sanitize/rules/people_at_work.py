"""Names of people in minutes, forms, tickets and requests: after a role, a verb, in a list."""

import re
from collections.abc import Callable, Iterator

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.people_around import people_of_mail_head
from raise_finetune.dataset.sanitize.rules.person_name import (
    NAME_WORD,
    known_name,
    likely_name,
    name_at,
)
from raise_finetune.dataset.sanitize.rules.rule import (
    BLANK,
    UPPER,
    Column,
    Rule,
    Span,
    anchor,
    any_of,
    each,
    literals,
)

# Tells whether what looks like a name is taken for one.
_Accept = Callable[[str, Span], bool]
_MOST_NAMES = 30

# Roles that only people have, so that even one unknown word after them is a name.
_SURE_ROLES = """
    rédacteur | rédactrice | rédacteurs | relecteur | relectrice | relecteurs | vérificateur |
    vérificatrice | vérificateurs | approbateur | approbatrice | approbateurs | rapporteur |
    rapporteuse | animateur | animatrice | secrétaire | secrétaire de séance | président |
    présidente | demandeur | demandeuse | absents | absentes | absent | absente | absents
    excusés | excusés | excusées | excusé | excusée | visa | rédaction | relecture |
    vérification | approbation | chef de lot | cheffe de lot | chef d'équipe | porteur |
    présents excusés | convoqués | supérieur hiérarchique | médecin traitant | personne à
    prévenir | personne à contacter | tuteur | tutrice | encadrant | encadrante | maître de
    stage | directeur de thèse | suppléant | suppléante | nom de l'agent | prénom de l'agent |
    nom du salarié | nom de l'employé | attendees | apologies | regrets | absentees | minutes
    taken by | minutes by | chair | chaired by | scribe | facilitator | reviewer | reviewers |
    maintainer | maintainers | team lead | tech lead | product owner | scrum master | approver |
    approvers | assignee | assignees | watchers | line manager | emergency contact | next of kin
    | supervisor | signed-off-by | co-authored-by | tested-by | acked-by | reviewed-by |
    reported-by | committer | interviewer | candidate | candidat | candidate name | nom du
    candidat | chef de projet | cheffe de projet | project manager | à l'attention de | attn
    | observateurs | organisateur | organisatrice | organizer | organiser | requester |
    traveller | traveler | voyageur | voyageuse | bill to | ship to | escort | commentaire de |
    comment by | compte rendu de séance
    """
_DONE_FR = """
    rédig | vérifi | valid | approuv | prépar | contrôl | sign | signal | demand | anim | encadr |
    recrut | embauch | représent | remplac | corrig | assist | envoy | présent | pilot | supervis
    | coordonn | invit | form | soulev | constat | arbitr | détect | attribu | modifi | interrog
    | convoqu | accompagn
    """
_DONE_FR_OTHER = """
    pris | repris | émis | écrit | établi | ouvert | revu | relu | reçu | suivi | tenu | transmis |
    fait
    """
_DONE_EN = """
    reviewed | approved | written | prepared | checked | verified | drafted | authored | edited |
    reported | raised | signed | interviewed | hired | chaired | led | requested | submitted |
    opened | closed | supervised | managed | trained | replaced | recorded | presented | taken |
    updated
    """
_GIVEN = "assigné à | affecté à | attribué à | assigned to | escalated to | delegated to"
# Roles and headings that things and teams have, too.
_OPEN_ROLES = """
    auteur | auteurs | autrice | author | authors | contact | contacts | interlocuteur |
    interlocutrice | from | to | de | cc | bcc | cci | copie | destinataire | destinataires |
    diffusion | expéditeur | responsable | responsables | resp. | référent | référente | pilote
    | manager | reporter | owner | owners | employee | employé | employée | user | utilisateur |
    participants | participant | participantes | présents | présentes | présent | present |
    invités | attention | lead | deputy | équipe | team | action | invité | intervenant |
    intervenants | signataires | membres | members | jury | references | minutes | essais |
    qualité | sûreté | orateur | speaker | speakers | opérateur | opératrice | operator | témoin |
    témoins | witness | architecte système | architecte logiciel | systems architect | IVV |
    required | optional | signed | signé | visiteurs | visiteur | visitors | visitor
    """
_DONE = re.compile(
    rf"(?<![\w-])(?:{any_of(_DONE_FR)}[ée]|{any_of(_DONE_FR_OTHER)}|{any_of(_DONE_EN)})(?:e|s|es)?\Z",
    re.IGNORECASE,
)
_ADVERB_ENDS = ("quement", "cally", "tally")
_LONGEST_ADVERB = 18
_BY_WHOM = re.compile(
    rf"\s(?:par|by)(?P<sign>[\"'*\])]{{0,3}}\s?[:|]"
    rf"[ \t\u00a0]{{0,3}}[\"'*«]{{0,3}}{BLANK}?|\s{{1,2}})"
)
_SIGN = r"[\"'*\])]{0,3}(?:\s?|[ \t]{2,14})[:=|]"
_LABEL = re.compile(
    rf"(?<![\w.-])(?:(?P<sure>{any_of(_SURE_ROLES)}|{any_of(_GIVEN)})"
    rf"|(?P<open>{any_of(_OPEN_ROLES)}|(?-i:À))){_SIGN}[ \t\u00a0]{{0,3}}\[?[\"'*«]{{0,3}}{BLANK}?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[ \t]{0,8}(?:[-*•–+]|[0-9]{1,2}[.)])[ \t]{1,3}[\"'*]{0,3}")
# From one name of a list to the next: what stands in brackets or after a dash is a role.
_NEXT = re.compile(
    r"[\"'*]{0,2}[^\S\n]{0,2}(?:\([^()\n]{1,60}\)|[-–:][^\S\n][^\n,;/]{1,50})?[^\S\n]?"
    r"(?:[,;/&+|](?:[^\S\n]{1,2}(?:et|and)(?=[^\S\n]))?|(?:et|and|ou|or)(?=[^\S\n]))"
    r"[^\S\n]{0,3}(?:\n[ \t]{2,12})?[\"'*]{0,2}"
)
_TITLE = re.compile(
    rf"(?:MM\.|M\.|Mmes?|Mlle|Mrs?\.?|Ms\.?|Dr\.?|Prof\.?|Pr\.?|Me){BLANK}(?=[{UPPER}])"
)
_LINE = 200


def _labelled(text: str, start: int) -> Iterator[Span]:
    label = _LABEL.match(text, start, start + 80)
    if label is None:
        return
    # Most labels stand before something else: a comma soon after is quickly looked for.
    if "," in text[label.end() : label.end() + _TO_COMMA]:
        in_head = people_of_mail_head(text, label.start(), label.end())
        if in_head:
            yield from in_head
            return
    yield from _people_of(text, label.end(), sure=label.group("sure") is not None)


_TO_COMMA = 40


def _people_of(text: str, position: int, *, sure: bool) -> Iterator[Span]:
    """Yield the people of a list; one who is known makes those beside people, too."""
    names = list(_listed_below(text, position) or _listed(text, position))
    people = [known_name(text, name) for name in names]
    sure = sure or any(people)
    for name, known in zip(names, people, strict=True):
        if known or (sure and likely_name(text, name)) or _two_words(text, name):
            yield name


def _two_words(text: str, name: Span) -> bool:
    return " " in text[name[0] : name[1]] and likely_name(text, name)


def _listed(text: str, position: int) -> Iterator[Span]:
    """Yield what looks like a name in a list on one line."""
    stop = position + _LINE
    for _ in range(_MOST_NAMES):
        title = _TITLE.match(text, position, stop)
        name = name_at(text, title.end() if title else position)
        if name is not None:
            yield name if title is None else (position, name[1])
            position = name[1]
        elif not (word := _OTHER_ITEM.match(text, position, stop)):
            return
        else:
            position = word.end()
        joint = _NEXT.match(text, position, position + 80)
        if joint is None:
            return
        position = joint.end()
        stop = position + _LINE


_OTHER_ITEM = re.compile(r"[a-zà-ÿ][^\n,;/&+|:.()]{0,40}(?<=\w)")


def _listed_below(text: str, position: int) -> list[Span]:
    """Return what begins the items of a bulleted list."""
    names: list[Span] = []
    position = _line_end(text, position)
    for _ in range(_MOST_NAMES):
        bullet = _BULLET.match(text, position + 1, position + 20) if position >= 0 else None
        name = name_at(text, bullet.end()) if bullet else None
        if bullet is None or name is None:
            break
        names.append(name)
        position = text.find("\n", name[1], name[1] + _LINE)
    return names


def _line_end(text: str, position: int) -> int:
    """Return where the line ends at ``position``, blanks and one blank line apart, else -1."""
    end = _BLANK_LINE.match(text, position, position + 12)
    return end.end() - 1 if end else -1


_BLANK_LINE = re.compile(r"[*_ \t]{0,4}\n(?:[ \t]{0,2}\n)?")

# What is done only to people, as engineers of an office write it.
_SURE_CALLS = """
    j'ai demandé à | ai demandé à | joindre | convoquer | convoque | convoqué | prévenir |
    préviens | prévenez | prévenu | relancer | relance | relancez | relancé | demande à |
    demander à | demandez à | dis à | dites à | dire à | parlé à | parler à | parle à | écris à
    | écrire à | écrivez à | téléphoner à | rappeler | rappelle | rappelez | féliciter |
    remercier | remercie | remplace | remplacer | voir avec | vois avec | voyez avec | vu avec |
    en parler à | en parler avec | parler avec | parlé avec | discuté avec | échangé avec |
    rendez-vous avec | rdv avec | entretien avec | réunion avec | déjeuner avec | binôme avec |
    félicitations à | merci à | bon courage à | assigné à | affecté à | attribué à | transféré à
    | confié à | signifié à | mon binôme | d'après | selon | j'ai eu | eu au téléphone | ping |
    pinged | met with | meet with | meeting with | spoke to | spoke with | talk to | talked to |
    talk with | talked with | check with | checked with | sync with | synced with | lunch with |
    call with | interview with | loop in | assigned to | escalated to | delegated to | reports
    to | congratulations to | according to | cc
    """
# These announce things as often: only what is known as a name counts, or two unknown words.
_OPEN_CALLS = """
    appeler | appelle | appelez | contacter | contacte | contactez | contacté | veut voir |
    départ de | arrivée de | absence de | retour de | congés de | avis de | accord de | mail de
    | message de | appel de | demande de | bureau de | dossier de | entretien de | entretien
    annuel de | anniversaire de | remplacement de | copie à | envoyer à | envoyé à | transmettre
    à | transmis à | ask | asked | call | called | tell | told | email | emailed | contact |
    notify | thanks to | grâce à | l'agent | le salarié | la salariée | salarié | salariée |
    l'ingénieur | le technicien | la technicienne | le docteur | le patient | la patiente |
    employee | engineer | patient | candidate | action | action on | copy | cc to
    """
_SURE_CALL = re.compile(
    rf"\b(?:(?P<sure>{any_of(_SURE_CALLS)})|{any_of(_OPEN_CALLS)})"
    r"(?:,?\s{1,2}|(?<=d)['’])(?:Mme\s|M\.\s)?",
    re.IGNORECASE,
)
_AND = re.compile(
    rf"(?:,{BLANK}|{BLANK}(?:et|and|ou|or|puis|&){BLANK})(?:(?:à|de|par|avec|to|by|with){BLANK})?"
)
_SEEMS_SURE = frozenset({"d'après", "d’après", "selon", "according to", "cc"})


def _called(text: str, start: int) -> Iterator[Span]:
    if start and text[start - 1].isalnum():
        return
    cue = _SURE_CALL.match(text, start, start + 48)
    if cue is None:
        return
    sure = cue.group("sure") is not None and cue.group("sure").lower() not in _SEEMS_SURE
    yield from _joined(text, cue.end(), likely_name if sure else known_name)


def _done_by(text: str, start: int) -> Iterator[Span]:
    """Yield who has done something: "validé par X", "reviewed by: X"."""
    cue = _BY_WHOM.match(text, start, start + 24)
    done = start
    if text.endswith(_ADVERB_ENDS, 0, start):  # "signé électroniquement"
        done = text.rfind(" ", max(0, start - _LONGEST_ADVERB), start)
    if cue is None or not _DONE.search(text, max(0, done - 16), done):
        return
    if cue.group("sign").strip():
        yield from _people_of(text, cue.end(), sure=True)
    else:
        yield from _joined(text, cue.end(), likely_name)


def _joined(text: str, position: int, accept: _Accept) -> Iterator[Span]:
    """Yield the names from ``position`` on that commas and "and" join."""
    for _ in range(_MOST_NAMES):
        name = name_at(text, position)
        if name is None or not (accept(text, name) or _two_words(text, name)):
            return
        yield name
        joint = _AND.match(text, name[1], name[1] + 16)
        if joint is None:
            return
        position = joint.end()
        if text[joint.start()] == ",":
            accept = known_name


_PLURAL_TITLE = re.compile(rf"(?:MM\.|Mmes|Messieurs|Mesdames|Mrs?\.? and Mrs?\.?){BLANK}{{1,2}}")


def _titled_together(text: str, start: int) -> Iterator[Span]:
    title = _PLURAL_TITLE.match(text, start, start + 24)
    position = title.end() if title else -1
    while position >= 0:
        name = name_at(text, position)
        if name is None or not likely_name(text, name):
            return
        yield name
        joint = _AND.match(text, name[1], name[1] + 16)
        position = joint.end() if joint else -1


_BLAME = re.compile(
    rf"\((?P<value>{NAME_WORD}(?:{BLANK}{NAME_WORD}){{0,3}}|[a-z][a-z0-9._-]{{2,30}})\s{{1,24}}"
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}\s[0-9:]{8}\s"
)


def _blamed(text: str, start: int) -> Span | None:
    """Decide on who wrote a line, as ``git blame`` tells it."""
    date = text.find("-", start, start + 6)
    bracket = text.rfind("(", max(0, date - 90), date)
    match = _BLAME.match(text, bracket) if bracket >= 0 else None
    return match.span("value") if match else None


_WROTE = re.compile(rf"(?P<value>{NAME_WORD}(?:{BLANK}{NAME_WORD}){{1,2}})\s?\Z")


def _quoted(text: str, start: int) -> Span | None:
    """Decide on the name in front of "wrote:"."""
    match = _WROTE.search(text, max(0, start - 60), start)
    if match is None or not likely_name(text, match.span("value")):
        return None
    return match.span("value")


_AUTHOR_TAG = re.compile(rf"@author:?{BLANK}{{1,2}}")


def _tagged(text: str, start: int) -> Span | None:
    tag = _AUTHOR_TAG.match(text, start, start + 12)
    name = name_at(text, tag.end()) if tag else None
    return name if name is not None and likely_name(text, name) else None


_MAIL_BEGINS = re.compile(
    r"(?:bonjour|bonsoir|salut|coucou|cher|chère|hello|hi|dear|hey|good\s(?:morning|afternoon))\b"
    r"[^\n]{0,60}\n",
    re.IGNORECASE,
)
_LAST_LINE = re.compile(
    r"[.!?)…]?[ \t]*\n[ \t]*\n[-–— \t]{0,3}(?P<value>[^\n]{2,40}?)[ \t,.]*\n*\Z"
)


def _signed_alone(text: str, start: int) -> Span | None:
    """Decide on the last line of a mail that begins with a greeting at ``start``."""
    if start > 2 or len(text) > _LONGEST_MAIL or not _MAIL_BEGINS.match(text, start):
        return None
    last = _LAST_LINE.search(text, max(start, len(text) - 60))
    if last is None:
        return None
    span = last.span("value")
    return span if name_at(text, span[0]) == span and likely_name(text, span) else None


_LONGEST_MAIL = 4000

_PERSON = FindingType.PERSON
_CAPITAL = r"(?-i:[A-Z]|\xc3[\x80-\x9e])"
_BY = rf"\s{_CAPITAL}"
_GREETED = "Bonjour|Bonsoir|Salut|Coucou|Cher |Chère |Hello|Dear |Hi |Hey |Good morning|Good after"

_SIGNS = (":", " :", "  ", "\u00a0:", '":', "**:", " |")

RULES = (
    Rule(
        "person-role",
        _PERSON,
        (
            *literals(f"{_SURE_ROLES} | {_GIVEN} | {_OPEN_ROLES}", _SIGNS),
            rb"\xc3\x80(?:\xc2\xa0|\s)?:",
        ),
        True,
        Column(_labelled),
    ),
    Rule(
        "person-asked",
        _PERSON,
        each(f"{_SURE_CALLS} | {_OPEN_CALLS}", after=_BY),
        True,
        Column(_called),
    ),
    Rule(
        "person-done-by",
        _PERSON,
        tuple(
            head + tail
            for head in (rb" par", rb" by")
            for tail in (rb" [A-Z]", rb" \xc3[\x80-\x9e]", rb"\s?[:|]", rb"\xc2\xa0:")
        ),
        False,
        Column(_done_by),
    ),
    Rule(
        "person-titles",
        _PERSON,
        (anchor(rf"\b(?:MM\.|Mmes|Messieurs|Mesdames|Mr\.? and Mrs)\s{_CAPITAL}"),),
        False,
        Column(_titled_together),
    ),
    Rule(
        "person-blamed",
        _PERSON,
        (
            rb"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} [+-][0-9]{4}"
            rb"\s{1,6}[0-9]{1,6}\)",
        ),
        False,
        _blamed,
    ),
    Rule(
        "person-quoted",
        _PERSON,
        (rb"[ \xa0](?:wrote|a \xc3\xa9crit)(?: |\xc2\xa0)?:",),
        False,
        _quoted,
    ),
    Rule("person-author-tag", _PERSON, (rb"@author\b",), False, _tagged),
    Rule(
        "person-mail-end",
        _PERSON,
        tuple(anchor(greeting) for greeting in _GREETED.split("|")),
        False,
        _signed_alone,
    ),
)
