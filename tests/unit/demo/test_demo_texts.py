"""The demo's texts: both languages complete, correct French, and varied conversations."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from raise_finetune.demo.dialogue import Dialogue, compose
from raise_finetune.demo.draws import Draws
from raise_finetune.demo.people import personal_data
from raise_finetune.demo.phrasebook import Exchange, Phrasebook, phrasebook
from raise_finetune.demo.systems import System
from raise_finetune.messages import LANGUAGES, Language

COUNT = 2500

# What careless composition produces. Object pronouns ("le prouver") are avoided in the texts, so
# that none of these can be right, save after an imperative ("gardez-la en note").
WRONG_FRENCH = (
    r"\b[Dd]e les? ",
    r"\b[Àà] les? ",
    r"\b[Dd]e (?:un|une|il|elle)\b",
    r"(?<!-)\b(?:[LlDdJjMmTtSsNnCc]e|[Ll]a|[Qq]ue) [aàâeéèêëiîïoôuùûyœ]",
    r"\b[Ss]i ils?\b",
    r"\b(?:du|au) (?:(?:la|le|un|une)\b|l'|[aeéiou])",
)
LEFT_OVER = r"\$[A-Za-z]|[⟦⟧¦]"
CARELESS = r"\w\.\.(?!\.)| ,|\( | \)|,,|[ ]$"


@pytest.fixture(scope="module")
def dialogues() -> list[Dialogue]:
    return [compose(3, index) for index in range(COUNT)]


def exchanges(book: Phrasebook) -> Iterator[tuple[bool, Exchange]]:
    for topic in book.topics:
        for exchange in (*topic.openings, *topic.follow_ups):
            yield topic.personal, exchange
    for exchange in book.follow_ups:
        yield False, exchange


def expansions(book: Phrasebook, system: System, draws: Draws) -> Iterator[str]:
    """Expand every template of the language for one system."""
    for personal, exchange in exchanges(book):
        scope = system.bind(draws)
        scope.update(reqid="EX-0001", version="1.0", clock="02:14")
        if personal:
            scope.update(personal_data(book.language, draws))
        for template in (*exchange.questions, *exchange.answers):
            yield template.expand(scope, draws)
    for templates in book.pools.values():
        scope = system.bind(draws)
        for template in templates:
            yield template.expand(scope, draws)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_expands_for_every_system(language: Language) -> None:
    book = phrasebook(language)
    draws = Draws(0, "every template")
    for system in book.systems:
        for text in expansions(book, system, draws):
            assert text
            assert not re.search(LEFT_OVER, text), text
            assert not re.search(CARELESS, text.strip(), re.MULTILINE), text
            if language == "fr":
                for wrong in WRONG_FRENCH:
                    assert not re.search(wrong, text), (wrong, text)


def test_both_languages_have_the_same_topics_and_systems() -> None:
    fr, en = phrasebook("fr"), phrasebook("en")
    assert [system.id for system in fr.systems] == [system.id for system in en.systems]
    assert [topic.id for topic in fr.topics] == [topic.id for topic in en.topics]
    assert {name: len(pool) for name, pool in fr.pools.items()} == {
        name: len(pool) for name, pool in en.pools.items()
    }
    for one, other in zip(fr.topics, en.topics, strict=True):
        assert (one.personal, one.brief) == (other.personal, other.brief)
        assert len(one.openings) == len(other.openings), one.id
        assert len(one.follow_ups) == len(other.follow_ups), one.id


def test_requirements_are_translated_by_the_other_language() -> None:
    fr, en = phrasebook("fr").systems[0], phrasebook("en").systems[0]
    for one, other in zip(fr.records["requirements"], en.records["requirements"], strict=True):
        assert one["req_translated"] == other["req"]
        assert other["req_translated"] == one["req"]


def test_three_in_five_are_french(dialogues: list[Dialogue]) -> None:
    french = sum(dialogue.language == "fr" for dialogue in dialogues)
    assert 0.57 < french / COUNT < 0.63


def test_conversations_begin_differently(dialogues: list[Dialogue]) -> None:
    first = Counter(dialogue.turns[0][1][:60] for dialogue in dialogues)
    assert len(first) > 0.78 * COUNT
    assert first.most_common(1)[0][1] < 0.02 * COUNT


def test_answers_differ(dialogues: list[Dialogue]) -> None:
    answers = [
        content
        for dialogue in dialogues
        for role, content in dialogue.turns
        if len(content) > 200
        if role.lower() == "assistant"
    ]
    assert len(set(answers)) > 0.97 * len(answers)


def test_answers_are_short_and_long(dialogues: list[Dialogue]) -> None:
    lengths = sorted(
        len(content)
        for dialogue in dialogues
        for role, content in dialogue.turns
        if role.lower() == "assistant"
    )
    assert lengths[len(lengths) // 20] < 130
    assert 350 < lengths[len(lengths) // 2] < 600
    assert lengths[len(lengths) * 98 // 100] > 1800
    assert lengths[-1] > 2500


def test_conversations_have_one_to_six_exchanges(dialogues: list[Dialogue]) -> None:
    questions = Counter(
        sum(role.lower() == "user" for role, _ in dialogue.turns) for dialogue in dialogues
    )
    assert set(questions) >= {1, 2, 3, 4, 5, 6}
    assert questions[1] > questions[2] > questions[3] > questions[4] > questions[5]


def test_no_topic_comes_twice_in_a_conversation(dialogues: list[Dialogue]) -> None:
    for dialogue in dialogues:
        questions = [
            content for role, content in dialogue.turns if role == "user" and len(content) > 60
        ]
        repeated = len(questions) - len(set(questions))
        assert repeated <= 1  # one, where a failed call left its question in place


def test_what_real_histories_hold_occurs(dialogues: list[Dialogue]) -> None:
    texts = [content for dialogue in dialogues for _, content in dialogue.turns]
    roles = {role for dialogue in dialogues for role, _ in dialogue.turns}
    assert roles == {
        *("user", "assistant", "system"),
        *("User", "Assistant"),
        *("USER", "ASSISTANT"),
    }
    assert "" in texts
    for trace in (
        *("### NOUVELLE QUESTION ###", "[SYSTEM_FEEDBACK]", "[INST]", "</s>", "<|im_start|>"),
        *("\u2028", "\r\n", "e\u0301", "’", "👍", "🚀", "```python", "|---|---|", "@example.com"),
        *("- ", "1. ", "> "),
    ):
        assert any(trace in text for text in texts), trace
    assert any(dialogue.turns[0][0].lower() == "assistant" for dialogue in dialogues)
    assert any(dialogue.turns[-1][0].lower() == "user" for dialogue in dialogues)
    assert any(
        one[0] == other[0] == "user"
        for dialogue in dialogues
        for one, other in zip(dialogue.turns, dialogue.turns[1:], strict=False)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_personal_data_are_fictitious(language: Language) -> None:
    reserved = re.compile(
        r"(01 99 00|06 39 98|\+33 6 39 98|05 36 49) \d\d \d\d|04\.65\.71\.\d\d\.\d\d"
        r"|07700 900\d{3}|\+44 7700 900\d{3}|020 7946 0\d{3}|\(202\) 555-01\d\d"
    )
    for index in range(300):
        data = personal_data(language, Draws(0, "people", index))
        assert reserved.fullmatch(data["phone"])
        assert re.fullmatch(r"[a-z]+\.[a-z]+@example\.com", data["email"])
        assert data["email2"].endswith("@example.org")
        assert re.search(
            r"\.example\.(com|org|net)$|^[a-z-]+\.example\.(com|org|net)$", data["host"]
        )
        assert data["ip"].startswith("192.0.2.")
        assert "NOT-A-SECRET" in data["token"]
        assert iban_checksum(data["iban"]) == 1
        assert luhn(data["card"]) == 0


def iban_checksum(iban: str) -> int:
    compact = iban.replace(" ", "")
    return int("".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])) % 97


def luhn(card: str) -> int:
    digits = [int(digit) for digit in reversed(card.replace(" ", ""))]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10
