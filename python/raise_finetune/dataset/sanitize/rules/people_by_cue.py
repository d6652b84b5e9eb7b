"""Names of people that a phrase announces: titles, introductions, letters, forms."""

import re

from raise_finetune.dataset.sanitize.findings import FindingType
from raise_finetune.dataset.sanitize.rules.person_name import (
    NAME_WORD,
    has_first_name,
    lower_case_name_at,
    name_at,
    name_words,
)
from raise_finetune.dataset.sanitize.rules.rule import (
    BLANK,
    UPPER,
    Rule,
    Span,
    anchor,
    any_of,
    each,
    literals,
)

_TITLES = (
    r"(?:M\.|MM\.|Mr\.?|Mme\.?|Mmes|Mlle\.?|Mrs\.?|Ms\.?|Miss|Dr\.?|Pr\.?|Prof\.?|Me"
    r"|[Nn]ée|Ma(?:î|i)tre|[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|[Dd]octeure?|[Pp]rofesseure?|[Dd]octor"
    r"|[Pp]rofessor)"
)
_TITLE = re.compile(rf"(?<![\w.'’-]){_TITLES}{BLANK}+(?=[{UPPER}])")


def _titled(text: str, start: int) -> Span | None:
    cue = _TITLE.match(text, start, start + 24)
    return name_at(text, cue.end()) if cue else None


_INTRODUCTIONS = """
    je m'appelle | je me nomme | mon nom est | mon nom complet est | mon prénom est | my name is |
    my full name is | my name's | il s'appelle | elle s'appelle | qui s'appelle | s'appelle |
    his name is | her name is | son nom est | people call me | appelez-moi | prénommé | prénommée |
    dénommé | dénommée | named after | I am called
    """
_INTRODUCTION = re.compile(any_of(_INTRODUCTIONS) + r"\s{1,2}", re.IGNORECASE)
# What has a name and is nobody, up to three words before "s'appelle": "le réseau du labo", but not
# "le chef du projet".
_THINGS = """
    wi fi | réseau | ssid | hotspot | routeur | borne | serveur | machine | imprimante | poste |
    projet | produit | logiciel | outil |
    application | appli | module | composant | service | fichier | dossier | répertoire |
    document | modèle | diagramme | schéma | table | colonne | base | champ | variable |
    fonction | méthode | classe | paquet | package | bibliothèque | branche | dépôt | étiquette |
    salle | bâtiment | société | entreprise | équipe | école | rue | ville | village | pays |
    film | livre | jeu | groupe | marque | site | page | bouton | onglet | menu | bateau |
    satellite | fusée | robot | voiture
    """
_NOT_OF = "".join(
    rf"(?<!\b{before})"
    for before in (
        "du ", "de ", "des ", "d['’]", "de la ", "de l['’]", "de ce ", "de cette ", "de mon ",
        "de ma ", "de notre ", "de votre ", "de son ", "de sa ", "de leur ", "de ton ", "de ta ",
    )
)  # fmt: skip
_THING_BEFORE = re.compile(
    rf"(?<!\w){_NOT_OF}{any_of(_THINGS)}"
    r"(?:\s(?:de|du|des|d['’]|la|le|les|l['’])?\s?[\w-]{1,20}){0,3}?\s\Z",
    re.IGNORECASE,
)


def _introduced(text: str, start: int) -> Span | None:
    cue = _INTRODUCTION.match(text, start, start + 40)
    if cue is None:
        return None
    if "app" in cue.group() and _THING_BEFORE.search(text[max(0, start - 60) : start]):
        return None
    return name_at(text, cue.end()) or lower_case_name_at(text, cue.end())


_CALLS = """
    je suis | i'm | i am | moi c'est | moi, c'est | demande à | demander à | demandez à | dis à |
    parlé à | écris à | rappelle | rappeler | contacte | contacter | contactez | ask | met with |
    spoke to | talked to | voir avec | vu avec | grâce à | thanks to | ici | c'est
    """
_CALL = re.compile(rf"\b{any_of(_CALLS)},?\s", re.IGNORECASE)


def _called(text: str, start: int) -> Span | None:
    cue = _CALL.match(text, start, start + 24)
    span = name_at(text, cue.end()) if cue else None
    return span if span is not None and has_first_name(text, span) else None


_WHOSE = "mon | ma | notre | my | our | son | sa | his | her | votre | your | leur | their"
_OWNERS = any_of(_WHOSE)
_RELATIONS = """
    femme | mari | épouse | époux | conjoint | conjointe | compagne | compagnon | fils | fille |
    frère | sœur | soeur | père | mère | ami | amie | copain | copine | cousin | cousine | oncle |
    tante | neveu | nièce | wife | husband | son | daughter | brother | sister | father | mother |
    mum | mom | dad | friend | uncle | aunt | niece | nephew | girlfriend | boyfriend | partner |
    fiancé | fiancée | voisin | voisine | neighbour | neighbor | stagiaire | collègue | colleague |
    coworker | co-worker | boss | manager | chef | cheffe | responsable | patron | patronne |
    directeur | directrice | tuteur | tutrice | comptable | avocat | avocate | médecin | lawyer |
    doctor | accountant | intern | teammate | supervisor | mentor | prof | teacher
    """
_RELATION = re.compile(
    rf"\b{_OWNERS}\s{any_of(_RELATIONS)}"
    r"(?:,|\s(?:s'appelle|est|is|de projet|technique|is called))?\s",
    re.IGNORECASE,
)


def _related(text: str, start: int) -> Span | None:
    cue = _RELATION.match(text, start, start + 60)
    return name_at(text, cue.end()) if cue else None


# Those that begin another come last; the common ones need a capital letter soon after.
_CLOSINGS = """
    salutations distinguées | thanks in advance | thank you in advance | cordialement | bien
    cordialement | très cordialement | bien à vous | bien à toi | amicalement | bises |
    bisous | à bientôt | merci d'avance | best regards | kind regards | warm regards |
    sincerely | yours truly | many thanks | all the best | respectueusement | bonne journée
    | cdlt | cdt | take care | bonne soirée | belle journée | excellente journée | bonne fin
    de journée | bon week-end | bonne réception | bonne continuation | bon courage | à très
    vite | à votre disposition | tchao | sincères salutations | mes salutations | bien
    amicalement | yours sincerely | yours faithfully | best wishes | speak soon | talk soon
    | see you soon | have a nice day | have a good day | rgds | bien à vous tous
    """
_COMMON_CLOSINGS = """
    salutations | merci | regards | yours | cheers | thanks | thank you | best | signé |
    signed | love | à demain | à plus | à lundi | ciao | warmly | see you | respectfully
    """
_CLOSING = re.compile(
    rf"(?:{any_of(_CLOSINGS)}|{any_of(_COMMON_CLOSINGS)})\s{{0,2}}[,.!:]{{0,3}}"
    r"(?P<gap>[ \t]*(?:\n(?:> ?)?[ \t]*){1,2}[-–—]{0,2}[ \t]*|[ \t]{1,2})",
    re.IGNORECASE,
)
_LINE_END = re.compile(r"[ \t]*[.,!]?[ \t]*(?:\n|\Z|\x00|<(?:EMAIL_|[^\s<>]+@)|\||\()|[ \t]+[-–—]")


def _signed(text: str, start: int) -> Span | None:
    cue = _CLOSING.match(text, start, start + 60)
    span = name_at(text, cue.end()) if cue else None
    if cue is None or span is None or name_words(text, span)[0] in _NOBODY:
        return None
    if not _LINE_END.match(text, span[1], span[1] + 8):
        return None
    return span if "\n" in cue.group("gap") or has_first_name(text, span) else None


_GREETINGS = """
    bonjour | bonsoir | salut | coucou | cher | chère | dear | hi | hello | hey | good morning |
    good afternoon | good evening | merci | thanks | thank you | au revoir | bye | bienvenue |
    welcome
    """
_GREETING = re.compile(rf"\b{any_of(_GREETINGS)},?\s", re.IGNORECASE)
_AFTER_GREETING = re.compile(r"\s?(?:[,!.;:)](?!\w)|\n|\Z|\x00)")
_NOBODY = frozenset(
    {
        "world", "monde", "team", "all", "everyone", "everybody", "there", "tous", "toutes",
        "folks", "guys", "sir", "sirs", "madam", "assistant", "claude", "chatgpt", "gpt", "mistral",
        "raise", "copilot", "gemini", "llama", "alexa", "siri", "les", "le", "la", "equipe",
        "chers", "cheres", "collegues", "friends", "ami", "amie", "client", "hiring", "customer",
        "user", "utilisateur", "python", "kitty",
    }
)  # fmt: skip


def _greeted(text: str, start: int) -> Span | None:
    cue = _GREETING.match(text, start, start + 32)
    span = name_at(text, cue.end()) if cue else None
    if span is None or name_words(text, span)[0] in _NOBODY:
        return None
    if has_first_name(text, span):
        return span
    return span if _AFTER_GREETING.match(text, span[1], span[1] + 4) else None


# Labels that stand before nothing but a person's name, and labels that may stand before anything.
_SURE_LABELS = """
    prénom | first name | firstname | given name | nom de famille | surname | last name | lastname |
    family name | nom et prénom | nom, prénom | nom complet | full name | fullname |
    nom du client | nom du patient | patient name | customer name | nom du titulaire | titulaire |
    patient | patiente | salarié | salariée | signataire | account holder | bénéficiaire |
    cardholder | displayname | display name | maiden name | nom de jeune fille | locataire |
    tenant name | employee name | bailleur
    """
_OTHER_LABELS = "nom | name | client | cliente"
_LABEL = re.compile(
    rf"(?<![\w.-])(?:(?P<sure>{any_of(_SURE_LABELS)})|{any_of(_OTHER_LABELS)})"
    r"[\"'*\])]{0,3}\s?[:=]\s{0,2}[\"'*«]{0,3}\s?",
    re.IGNORECASE,
)


# pandas shows a column so: "Name: Max Speed, dtype: float64"
_OF_COLUMN = re.compile(r"[^\n,]{0,40}, (?:dtype|Length):")


def _labelled(text: str, start: int) -> Span | None:
    label = _LABEL.match(text, start, start + 40)
    span = name_at(text, label.end()) if label else None
    if label is None or span is None or _OF_COLUMN.match(text, span[1], span[1] + 60):
        return None
    sure = label.group("sure") is not None or _beside_first_name(text, label.start(), span[1])
    return span if sure or has_first_name(text, span) else None


# "Nom : …" above or below "Prénom : …"
_FIRST_NAME_LABEL = r"(?:pr[ée]noms?|first ?name|given name)\s?[:=]"
_FIRST_NAME_BELOW = re.compile(
    rf"[ \t]{{0,8}}(?:\n|[;,|/–-])\s{{0,8}}[-*•]?\s?{_FIRST_NAME_LABEL}", re.IGNORECASE
)
_FIRST_NAME_ABOVE = re.compile(
    rf"{_FIRST_NAME_LABEL}[^\n:=]{{1,40}}(?:\n|[;,|/–-])\s{{0,8}}[-*•]?\s?\Z", re.IGNORECASE
)


def _beside_first_name(text: str, start: int, end: int) -> bool:
    below = _FIRST_NAME_BELOW.match(text, end, end + 40)
    return (below or _FIRST_NAME_ABOVE.search(text, max(0, start - 70), start)) is not None


_BEFORE_ADDRESS = re.compile(rf"(?<!\w)(?P<value>{NAME_WORD}(?:{BLANK}{NAME_WORD}){{1,2}})\"? ?\Z")


def _mailbox_owner(text: str, start: int) -> Span | None:
    """Decide on the words in front of ``<name@host>``."""
    match = _BEFORE_ADDRESS.search(text, max(0, start - 64), start)
    return match.span("value") if match else None


_PERSON = FindingType.PERSON
# A capital letter, even where the cue ignores case.
_CAPITAL = r"(?-i:[A-Z]|\xc3[\x80-\x9e])"
_BEFORE_SIGNATURE = rf"[^0-9A-Za-z]{{1,12}}{_CAPITAL}"
_RELATED = tuple(
    relation
    for owner in _WHOSE.split("|")
    for relation in literals(_RELATIONS, (" ", ","), f"{owner.strip()} ")
)
_CLOSED = (*literals(_CLOSINGS), *each(_COMMON_CLOSINGS, after=_BEFORE_SIGNATURE))
_TITLE_ANCHOR = anchor(rf"\b{_TITLES}(?: |\xc2\xa0){{1,2}}{_CAPITAL}")
_LABEL_SIGN = r"[\"'*\])]{0,3}\s?[:=]"
_LABELS = each(_SURE_LABELS, after=_LABEL_SIGN) + each(_OTHER_LABELS, after=_LABEL_SIGN)

RULES = (
    Rule("person-title", _PERSON, (_TITLE_ANCHOR,), False, _titled),
    Rule("person-introduced", _PERSON, each(_INTRODUCTIONS), True, _introduced),
    Rule("person-called", _PERSON, each(_CALLS, r"\b", rf",?\s{_CAPITAL}"), True, _called),
    Rule("person-related", _PERSON, _RELATED, True, _related),
    Rule("person-signature", _PERSON, _CLOSED, True, _signed),
    Rule("person-greeted", _PERSON, each(_GREETINGS, r"\b", rf",?\s{_CAPITAL}"), True, _greeted),
    Rule("person-field", _PERSON, _LABELS, True, _labelled),
    Rule("person-mailbox", _PERSON, (rb"<[0-9A-Za-z._%+-]{1,64}@",), False, _mailbox_owner),
)
