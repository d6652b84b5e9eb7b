"""Documentation of the demo: articles, model elements, requirements, knowledge chunks.

Its amount grows slowly with the number of conversations, up to a few hundred of each kind.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from raise_finetune.demo.draws import Draws
from raise_finetune.demo.phrasebook import Phrasebook, Topic, phrasebook
from raise_finetune.demo.systems import System
from raise_finetune.demo.template import Scope
from raise_finetune.messages import Language

Document = dict[str, Any]

_DATE = "2025-09-{:02d}T08:00:00+00:00"
_LANGUAGES: tuple[Language, ...] = ("fr", "en", "fr", "en", "fr")
# Layer, collection and type of the elements that a system's records become.
_ELEMENTS = (
    ("oa", "actors", "OperationalActor", "actors", "actor"),
    ("sa", "functions", "SystemFunction", "functions", "function"),
    ("la", "components", "LogicalComponent", "components", "component"),
    ("pa", "components", "PhysicalComponent", "components", "component"),
)
_CAPABILITIES = (("oa", "OperationalCapability"), ("sa", "SystemCapability"))


def articles(seed: int, conversations: int) -> Iterator[Document]:
    """Yield articles; one in six is still a draft, one in twelve is archived."""
    for index in range(min(10 + conversations // 40, 300)):
        draws = Draws(seed, "article", index)
        book = phrasebook(_language(index))
        scope = draws.choice(book.systems).bind(draws)
        scope.update(reqid=f"SYS-{index:04d}", version="2.1")
        title = _text(book, "article_title", scope, draws)
        slug = f"{_slug(title)}-{index}"
        introduction = _text(book, "article_intro", scope, draws)
        created = _DATE.format(draws.between(1, 28))
        yield {
            "body": "\n\n".join((introduction, *_sections(book, scope, draws, 2, 4))),
            "createdAt": created,
            "displayName": title,
            "handle": slug,
            "id": draws.identifier(),
            "metadata": {"rating": draws.between(3, 5)} if draws.chance(30) else {},
            "publishedAt": created,
            "slug": slug,
            "status": draws.choice(("published",) * 9 + ("draft",) * 2 + ("archived",)),
            "summary": {book.language: _text(book, "article_summary", scope, draws)},
            "tags": [_text(book, "article_tag", scope, draws)],
            "title": title,
            "updatedAt": created,
        }


def elements(seed: int, conversations: int) -> Iterator[tuple[str, str, Document]]:
    """Yield layer, collection and document of Arcadia elements, as agents write them."""
    for number, (book, system) in enumerate(_modelled_systems(conversations)):
        draws = Draws(seed, "element", number)
        for layer, collection, kind, name, slot in _ELEMENTS:
            for record in system.records[name]:
                scope = system.bind(draws).with_record(record)
                document = _element(layer, kind, record[slot.capitalize()], draws)
                document["description"] = _text(book, f"{slot}_description", scope, draws)
                yield layer, collection, document
        for layer, kind in _CAPABILITIES:
            scope = system.bind(draws)
            document = _element(layer, kind, scope["Mission"], draws)
            document["description"] = _text(book, "capability_description", scope, draws)
            yield layer, "capabilities", document


def agent_requirements(seed: int, conversations: int) -> Iterator[Document]:
    """Yield requirements in one language, as agents write them."""
    for number, (_, system) in enumerate(_modelled_systems(conversations)):
        draws = Draws(seed, "agent requirement", number)
        for place, record in enumerate(system.records["requirements"], 1):
            document = _element("sa", "SystemRequirement", record["req_name"], draws)
            document["category"] = draws.choice(("performance", "safety", "functional"))
            document["reqId"] = f"{system.id.upper()}-{place:03d}"
            document["statement"] = record["req"]
            yield document


def requirements(seed: int, conversations: int) -> Iterator[Document]:
    """Yield requirements with both languages in each of their texts."""
    for number, (book, system) in enumerate(_modelled_systems(conversations)):
        draws = Draws(seed, "requirement", number)
        translation = _same_system(system, "en" if book.language == "fr" else "fr")
        for place, record in enumerate(system.records["requirements"], 1):
            other = translation.records["requirements"][place - 1]
            fr, en = (record, other) if book.language == "fr" else (other, record)
            created = _DATE.format(draws.between(1, 28))
            yield {
                "createdAt": created,
                "id": draws.identifier(),
                "name": {"en": en["req_name"], "fr": fr["req_name"]},
                "reqId": f"T-{system.id.upper()}-{place:03d}",
                "statement": {"en": en["req"], "fr": fr["req"]},
                "type": "Requirement",
                "updatedAt": created,
            }


def knowledge_chunks(seed: int, conversations: int) -> Iterator[Document]:
    """Yield the chunks of some ingested files, in order."""
    for index in range(min(3 + conversations // 100, 60)):
        draws = Draws(seed, "knowledge", index)
        book = phrasebook(_language(index))
        system = draws.choice(book.systems)
        scope = system.bind(draws)
        scope.update(reqid=f"DOC-{index:04d}", version="1.0")
        source = f"{_slug(_text(book, 'source_name', scope, draws))}-{index}.md"
        chunks = _sections(book, scope, draws, 2, 5)
        for place, content in enumerate(chunks):
            yield {
                "_id": draws.identifier(),
                "content": content,
                "metadata": {
                    "chunk_index": place,
                    "ingested_at": _DATE.format(draws.between(1, 28)),
                    "source": source,
                    "total_chunks": len(chunks),
                },
            }


def _modelled_systems(conversations: int) -> Iterator[tuple[Phrasebook, System]]:
    wanted = 3 + conversations // 100
    count = min(wanted, len(phrasebook("fr").systems))
    for index in range(count):
        book = phrasebook(_language(index))
        yield book, book.systems[index]


def _same_system(system: System, language: Language) -> System:
    return next(other for other in phrasebook(language).systems if other.id == system.id)


def _element(layer: str, kind: str, name: str, draws: Draws) -> Document:
    created = _DATE.format(draws.between(1, 28))
    return {
        "createdAt": created,
        "id": draws.identifier(),
        "layer": layer.upper(),
        "name": name,
        "type": kind,
    }


def _sections(book: Phrasebook, scope: Scope, draws: Draws, lowest: int, highest: int) -> list[str]:
    """Return some sections under headings: answers to different questions, as an author would."""
    topics = list({topic.id: topic for topic in book.topics if not topic.brief}.values())
    return [
        _section(topic, scope, draws)
        for topic in draws.sample(topics, draws.between(lowest, highest))
    ]


def _section(topic: Topic, scope: Scope, draws: Draws) -> str:
    # Answers to the first way of asking stand on their own; others only after their question.
    answer = draws.choice(topic.openings[0].answers)
    return f"## {topic.title.expand(scope, draws)}\n\n{answer.expand(scope, draws)}"


def _text(book: Phrasebook, pool: str, scope: Scope, draws: Draws) -> str:
    return draws.choice(book.pools[pool]).expand(scope, draws)


def _language(index: int) -> Language:
    return _LANGUAGES[index % len(_LANGUAGES)]


def _slug(title: str) -> str:
    letters = unicodedata.normalize("NFD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
