"""One conversation as people would have it: what is asked about a system and what is answered."""

from dataclasses import dataclass

from raise_finetune.demo import quirks
from raise_finetune.demo.draws import Draws
from raise_finetune.demo.people import personal_data
from raise_finetune.demo.phrasebook import Exchange, Phrasebook, Topic, phrasebook
from raise_finetune.demo.quirks import Turn
from raise_finetune.demo.systems import System
from raise_finetune.messages import Language

_FRENCH_PERCENT = 60
_OPENER_PERCENT = 45
_TRANSITION_PERCENT = 45
_CLOSING_PERCENT = 14
_FOLLOW_UP_PERCENT = 65
# How many sections a long answer adds to what was asked: most answers add none.
_SUPPLEMENTS = (0,) * 5 + (1,) * 5 + (2,) * 5 + (3,) * 3 + (4,) * 2
# How many exchanges a conversation has: mostly one or two.
_EXCHANGES = (1,) * 8 + (2,) * 5 + (3,) * 3 + (4,) * 2 + (5, 6)


@dataclass(slots=True)
class Dialogue:
    """The turns of a conversation, as (role, content), and what it is about."""

    language: Language
    title: str
    tags: list[str]
    turns: list[Turn]


def compose(seed: int, index: int) -> Dialogue:
    """Return the conversation of that number; it depends on nothing else."""
    draws = Draws(seed, "dialogue", index)
    language: Language = "fr" if draws.chance(_FRENCH_PERCENT) else "en"
    book = phrasebook(language)
    writer = _Writer(book, draws.choice(book.systems), draws)
    topic = draws.choice(book.topics)
    writer.talk(topic, draws.choice(_EXCHANGES))
    return Dialogue(
        language=language,
        title=writer.title,
        tags=[topic.tag, writer.system.id],
        turns=quirks.disturb(writer.turns, book, writer.scope, draws),
    )


class _Writer:
    def __init__(self, book: Phrasebook, system: System, draws: Draws) -> None:
        self.book = book
        self.system = system
        self.turns: list[Turn] = []
        self._draws = draws
        self._asked: set[str] = set()

    def talk(self, topic: Topic, exchanges: int) -> None:
        """Write the exchanges: a topic, what follows from it, then another topic."""
        draws = self._draws
        self._open(topic, "opener", _OPENER_PERCENT)
        self.title = topic.title.expand(self.scope, draws)
        follow_ups = self._follow_ups(topic)
        for _ in range(exchanges - 1):
            if follow_ups and draws.chance(_FOLLOW_UP_PERCENT):
                self._exchange(follow_ups.pop(), "transition", _TRANSITION_PERCENT)
            else:
                topic = self._fresh_topic()
                self._open(topic, "transition", _TRANSITION_PERCENT)
                follow_ups = self._follow_ups(topic)

    def _follow_ups(self, topic: Topic) -> list[Exchange]:
        """Return what can be asked next, to be taken from the end: the topic's own first."""
        own = self._draws.sample(topic.follow_ups, len(topic.follow_ups))
        return [self._draws.choice(self.book.follow_ups), *own]

    def _fresh_topic(self) -> Topic:
        while True:
            topic = self._draws.choice(self.book.topics)
            if topic.id not in self._asked:
                return topic

    def _open(self, topic: Topic, before: str, percent: int) -> None:
        draws = self._draws
        self._asked.add(topic.id)
        self.scope = self.system.bind(draws)
        prefix = draws.choice(("EX", "SYS", "REQ", "ST"))
        self.scope["reqid"] = f"{prefix}-{draws.between(10, 999):04d}"
        self.scope["version"] = f"{draws.between(1, 6)}.{draws.below(10)}"
        self.scope["clock"] = f"{draws.below(24):02d}:{draws.below(60):02d}"
        if topic.personal:
            self.scope.update(personal_data(self.book.language, draws))
        supplements = 0 if topic.brief else draws.choice(_SUPPLEMENTS)
        self._exchange(draws.choice(topic.openings), before, percent, supplements)

    def _exchange(
        self, exchange: Exchange, before: str, percent: int, supplements: int = 0
    ) -> None:
        draws, scope, pools = self._draws, self.scope, self.book.pools
        question: list[str] = []
        if draws.chance(percent):
            draws.choice(pools[before]).write(question, scope, draws)
        draws.choice(exchange.questions).write(question, scope, draws)
        self.turns.append(("user", "".join(question)))
        answer: list[str] = []
        draws.choice(exchange.answers).write(answer, scope, draws)
        if supplements:
            for section in draws.sample(pools["supplement"], supplements):
                section.write(answer, scope, draws)
        if draws.chance(_CLOSING_PERCENT):
            draws.choice(pools["closing"]).write(answer, scope, draws)
        self.turns.append(("assistant", "".join(answer)))
