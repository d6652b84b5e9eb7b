"""Browsing and rating: what the commands answer about a folder, and what they leave on disk."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
import pytest

from raise_finetune.bridge.conversation import BrowserFace
from raise_finetune.commands import domain
from raise_finetune.commands.context import CancelToken, Context, Requests
from raise_finetune.commands.demo import DemoRequest, demo_create
from raise_finetune.commands.library import (
    ListRequest,
    ListResponse,
    OpenRequest,
    SearchRequest,
    library_list,
    library_open,
    library_search,
    library_unusable,
)
from raise_finetune.commands.ratings import AnswerRequest, RateRequest, answer_rate, answer_unrate
from raise_finetune.commands.reading import GivenRating, ReadRequest, library_read
from raise_finetune.commands.settings import AppSettings, read_settings, write_settings
from raise_finetune.commands.wire import NoRequest, Progress
from raise_finetune.dataset.browsing.entries import Entry, Sort, arrange
from raise_finetune.dataset.sources.forgotten import FORGOTTEN, entry_of, keep_forgotten
from raise_finetune.errors import BadInputError, CancelledError
from raise_finetune.storage.engine import StorageEngine

CONVERSATIONS = "un2/default/conversations"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH_RAISE_DOMAIN", str(tmp_path / "domain"))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "domain").mkdir()
    return tmp_path / "domain"


@pytest.fixture
def context() -> Context:
    return Context(BrowserFace(), Requests(), CancelToken(), lambda: "en")


def put(root: Path, path: str, content: object) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content if isinstance(content, bytes) else orjson.dumps(content))


def conversation(root: Path, name: str, *answers: dict[str, Any], **fields: object) -> str:
    messages: list[dict[str, Any]] = []
    for number, answer in enumerate(answers):
        messages.append({"role": "user", "content": f"Question {number} of {name}"})
        messages.append({"role": "assistant", "content": f"Answer {number}", **answer})
    document = {"id": name, "messages": messages, **fields}
    put(root, f"un2/default/collections/conversations/{name}.json", document)
    return f"{CONVERSATIONS}/{name}"


def listed(context: Context, **wanted: Any) -> list[str]:
    return names(library_list(ListRequest(**wanted), context))


def names(response: ListResponse) -> list[str]:
    return [entry.record.rpartition("/")[2] for entry in response.entries]


def test_opening_counts_what_is_there(root: Path, context: Context) -> None:
    conversation(root, "one", {"rating": 4}, {}, tags=["a", "b"])
    conversation(root, "two", {}, tags=["a"])
    put(root, "un2/sa/collections/functions/f.json", {"name": "N", "description": "D", "rating": 5})
    put(root, "chats/main.json", {"id": "main", "history": [{"role": "User", "content": "Hi"}]})
    put(root, "un2/default/collections/conversations/broken.json", b"{")
    put(root, "chats/list.json", [])
    found = library_open(OpenRequest(), context)
    assert found.model_dump(exclude={"root"}, by_alias=False) == {
        "entries": 4,
        "answers": 3,
        "rated_answers": 1,
        "unusable": 2,
        "kinds": (
            {"kind": "conversation", "entries": 3},
            {"kind": "element", "entries": 1},
        ),
        "folders": (
            {"name": "chats", "entries": 1},
            {"name": CONVERSATIONS, "entries": 2},
            {"name": "un2/sa/functions", "entries": 1},
        ),
        "tags": ({"tag": "a", "entries": 2}, {"tag": "b", "entries": 1}),
    }
    unusable = library_unusable(NoRequest(), context)
    assert unusable.total == 2
    assert [(each.path, each.problem) for each in unusable.documents] == [
        ("chats/list.json", "not_an_object"),
        (f"{CONVERSATIONS}/broken.json", "invalid_json"),
    ]
    assert unusable.documents[1].detail != ""


def test_a_folder_is_read_again_when_asked(root: Path, context: Context) -> None:
    conversation(root, "one", {})
    assert library_open(OpenRequest(), context).entries == 1
    conversation(root, "two", {})
    assert library_open(OpenRequest(), context).entries == 1
    assert library_open(OpenRequest(refresh=True), context).entries == 2


def test_a_demo_is_seen_at_once(root: Path, context: Context) -> None:
    assert library_open(OpenRequest(), context).entries == 0
    assert demo_create(DemoRequest(conversations=1), context).data_folder.path == str(root)
    assert library_open(OpenRequest(), context).entries > 1


def test_settings_changed_while_a_demo_is_made_are_kept(
    tmp_path: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PATH_RAISE_DOMAIN", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAISE_FINETUNE_CONFIG", str(tmp_path / "config"))

    def change_theme(_progress: Progress) -> None:
        write_settings(AppSettings(theme="dark"))

    monkeypatch.setattr(context, "report", change_theme)
    made = demo_create(DemoRequest(conversations=1), context)
    assert made.settings == AppSettings(theme="dark", data_folder=str(tmp_path / "raise_demo"))
    assert read_settings() == made.settings


def test_a_refresh_that_was_stopped_keeps_what_was_read(root: Path, context: Context) -> None:
    conversation(root, "one", {})
    library_open(OpenRequest(), context)
    token = CancelToken()
    token.cancel()
    stopped = Context(BrowserFace(), Requests(), token, lambda: "en")
    with pytest.raises(CancelledError):
        library_open(OpenRequest(refresh=True), stopped)
    assert listed(context) == ["one"]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["new", "middle", "old", "undated"]),
        ({"sort": "oldest"}, ["old", "middle", "new", "undated"]),
        ({"sort": "title"}, ["middle", "new", "old", "undated"]),
        ({"sort": "best"}, ["old", "middle", "new", "undated"]),
        ({"sort": "worst"}, ["middle", "old", "new", "undated"]),
        ({"text": "securite"}, ["middle"]),
        ({"text": "SÉCURITÉ analyse"}, ["middle"]),
        ({"text": "Question 0 of new"}, ["new"]),
        ({"text": "nothing like it"}, []),
        ({"tags": ("drone",)}, ["middle", "old"]),
        ({"tags": ("drone", "other")}, ["new", "middle", "old"]),
        ({"since": "2025-02-01"}, ["new", "middle"]),
        ({"until": "2025-02-01"}, ["middle", "old"]),
        ({"state": "rated"}, ["middle", "old"]),
        ({"state": "unrated"}, ["new", "middle", "undated"]),
        ({"state": "rated", "lowest": 3}, ["old"]),
        ({"highest": 3}, ["middle"]),
        ({"kinds": ("article",)}, []),
        ({"folder": "un2/default"}, ["new", "middle", "old", "undated"]),
        ({"folder": "un2/def"}, []),
        ({"offset": 1, "limit": 2}, ["middle", "old"]),
    ],
)
def test_search_filters_and_order(
    root: Path, context: Context, wanted: dict[str, Any], expected: list[str]
) -> None:
    conversation(root, "old", {"rating": 5}, title="Été", tags=["drone"], updatedAt="2025-01-01")
    conversation(
        root,
        "middle",
        {"rating": 2},
        {},
        title="Analyse de sécurité",
        tags=["drone", "x"],
        updatedAt="2025-02-01T10:00:00Z",
    )
    conversation(root, "new", {}, title="Bus", tags=["other"], updatedAt="2025-03-01T10:00:00Z")
    conversation(root, "undated", {}, title="Zéro")
    assert listed(context, **wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"text": "ANSWER SECURITE"}, ["middle"]),
        ({"text": "answer"}, ["new", "middle"]),
        ({"text": "elements modele"}, ["guide"]),
        ({"text": "meilleure"}, ["new"]),
        ({"text": "answer", "sort": "oldest"}, ["middle", "new"]),
        ({"text": "answer", "tags": ("x",)}, ["middle"]),
        ({"text": "answer nothing"}, []),
        ({"text": "new"}, ["new"]),
    ],
)
def test_a_search_in_the_texts(
    root: Path, context: Context, wanted: dict[str, Any], expected: list[str]
) -> None:
    conversation(
        root, "middle", {}, title="Analyse de sécurité", tags=["x"], updatedAt="2025-02-01"
    )
    conversation(root, "new", {}, title="Bus", updatedAt="2025-03-01T10:00:00Z")
    put(
        root,
        "un2/default/collections/articles/guide.json",
        {"title": {"fr": "Guide"}, "body": {"fr": "Les éléments du modèle"}},
    )
    answer_rate(
        RateRequest(record=f"{CONVERSATIONS}/new", index=1, rating=1, correction="Meilleure"),
        context,
    )
    response = library_search(SearchRequest(**wanted), context)
    assert names(response) == expected
    assert response.total == len(expected)


def test_what_was_said_of_an_answer_here_is_found(root: Path, context: Context) -> None:
    record = conversation(root, "one", {}, {}, tags=["own"])
    conversation(root, "two", {})
    assert listed(context, tags=("given",)) == []
    said = RateRequest(
        record=record, index=1, rating=2, correction="Better", tags=("given",), note="Remember me"
    )
    answer_rate(said, context)
    assert listed(context, tags=("given",)) == listed(context, text="given") == ["one"]
    assert listed(context, tags=("own",)) == ["one"]
    for text in ("better", "remember me"):
        assert names(library_search(SearchRequest(text=text), context)) == ["one"]
    found = library_open(OpenRequest(refresh=True), context)
    assert {each.tag: each.entries for each in found.tags} == {"given": 1, "own": 1}
    answer_unrate(AnswerRequest(record=record, index=1), context)
    assert listed(context, tags=("given",)) == []


def test_a_search_in_the_texts_has_pages_and_can_be_stopped(root: Path, context: Context) -> None:
    for number in range(4):
        conversation(root, f"c{number}", {})
    request = SearchRequest(text="answer", sort="title", limit=3)
    first = library_search(request, context)
    assert (first.total, names(first)) == (4, ["c0", "c1", "c2"])
    following = ListRequest(text="answer", listing=first.listing, offset=3, limit=3, sort="title")
    assert names(library_list(following, context)) == ["c3"]
    requests = Requests()
    _, token = requests.start("search")
    token.cancel()
    with pytest.raises(CancelledError):
        library_search(request, Context(BrowserFace(), requests, token, lambda: "en"))


def test_pages_of_a_list_fit_together_while_ratings_change(root: Path, context: Context) -> None:
    for number in range(6):
        conversation(root, f"c{number}", {})
    unrated = ListRequest(state="unrated", sort="title", limit=2)
    first = library_list(unrated, context)
    assert (first.total, names(first)) == (6, ["c0", "c1"])
    answer_rate(RateRequest(record=f"{CONVERSATIONS}/c0", index=1, rating=5), context)
    following = unrated.model_copy(update={"listing": first.listing, "offset": 2})
    second = library_list(following, context)
    assert (second.total, names(second), second.listing) == (6, ["c2", "c3"], first.listing)
    again = library_list(unrated, context)
    assert (again.total, names(again)) == (5, ["c1", "c2"])
    assert again.listing != first.listing


def test_a_list_kept_no_longer_is_made_anew(root: Path, context: Context) -> None:
    conversation(root, "one", {})
    response = library_list(ListRequest(listing="gone"), context)
    assert names(response) == ["one"]
    assert response.listing not in ("", "gone")


def test_a_chat_is_dated_by_its_last_message(root: Path, context: Context) -> None:
    history = [
        {"role": "User", "content": "Hi", "timestamp": "2025-05-05T10:00:00.123456789Z"},
        {"role": "Assistant", "content": "Hello", "timestamp": "2025-05-05T10:00:01Z"},
    ]
    put(root, "chats/main.json", {"id": "main", "history": history})
    assert library_list(ListRequest(), context).entries[0].date == "2025-05-05T10:00:01"
    read = library_read(ReadRequest(record="chats/main"), context)
    assert read.date == "2025-05-05T10:00:01"
    assert [turn.date for turn in read.turns] == [
        "2025-05-05T10:00:00.123456789",
        "2025-05-05T10:00:01",
    ]


def test_reading_tells_where_each_rating_comes_from(root: Path, context: Context) -> None:
    record = conversation(root, "one", {"rating": 2}, {}, {}, rating=4)
    answer_rate(RateRequest(record=record, index=3, rating=5), context)
    read = library_read(ReadRequest(record=record), context)
    rated = {turn.index: turn for turn in read.turns}
    assert [(rated[i].rating, rated[i].origin, rated[i].rating_in_data) for i in (1, 3, 5)] == [
        (2.0, "message", 2.0),
        (5.0, "here", 4.0),
        (4.0, "conversation", 4.0),
    ]
    assert (rated[0].rating, rated[0].origin) == (None, "none")


def test_reading_tells_what_was_forgotten(root: Path, context: Context) -> None:
    record = conversation(root, "one", {}, {})
    article = {"displayName": "A", "body": {"en": "Text"}}
    put(root, "un2/default/collections/articles/a.json", article)
    engine = StorageEngine(root)

    def forgotten() -> tuple[bool, list[int]]:
        read = library_read(ReadRequest(record=record), context)
        return read.is_forgotten, [turn.index for turn in read.turns if turn.is_forgotten]

    assert forgotten() == (False, [])
    keep_forgotten(engine, [entry_of(engine, f"{record}#3")])
    assert forgotten() == (False, [3])
    keep_forgotten(engine, [entry_of(engine, record), entry_of(engine, "un2/default/articles/a")])
    assert forgotten() == (True, [])
    assert library_read(ReadRequest(record="un2/default/articles/a"), context).is_forgotten


def test_reading_goes_on_where_the_list_of_the_forgotten_is_damaged(
    root: Path, context: Context
) -> None:
    record = conversation(root, "one", {})
    engine = StorageEngine(root)
    keep_forgotten(engine, [entry_of(engine, record)])
    (kept,) = (root / FORGOTTEN.space / FORGOTTEN.database).rglob("[!_]*.json")
    kept.write_text("{")
    assert not library_read(ReadRequest(record=record), context).is_forgotten


def test_turns_of_the_application_are_told_apart(root: Path, context: Context) -> None:
    turns = [
        ("user", "[SYSTEM_FEEDBACK] The call failed.", True),
        ("system", "Be brief.", False),
        ("assistant", "Trying again.", True),
        ("assistant", "Done.", False),
        ("user", "Thanks", False),
        ("assistant", " [SYSTEM_FEEDBACK] ok", True),
    ]
    messages = [{"role": role, "content": content} for role, content, _ in turns]
    put(root, "chats/main.json", {"id": "main", "history": messages})
    read = library_read(ReadRequest(record="chats/main"), context)
    assert [turn.is_application for turn in read.turns] == [wanted for _, _, wanted in turns]


def test_an_answer_to_the_application_is_none_to_rate(root: Path, context: Context) -> None:
    messages = [
        {"role": "user", "content": "[SYSTEM_FEEDBACK] The call failed."},
        {"role": "assistant", "content": "Trying again.", "rating": 1},
        {"role": "user", "content": "Well?"},
        {"role": "assistant", "content": "Done.", "rating": 5},
    ]
    put(root, "chats/main.json", {"id": "main", "history": messages})
    (entry,) = library_list(ListRequest(), context).entries
    assert (entry.answers, entry.ratings) == (1, (5.0,))
    assert listed(context, state="unrated") == []


def test_only_answers_are_left_to_rate(root: Path, context: Context) -> None:
    conversation(root, "half", {"rating": 3}, {})
    conversation(root, "all", {"rating": 3})
    put(root, "chats/asked.json", {"id": "asked", "history": [{"role": "User", "content": "Hi"}]})
    put(root, "un2/sa/collections/functions/f.json", {"name": "N", "description": "D"})
    assert listed(context, state="unrated") == ["half"]


def test_documentation_is_read_in_its_languages(root: Path, context: Context) -> None:
    put(
        root,
        "un2/default/collections/articles/a.json",
        {
            "displayName": {"fr": "Titre", "en": "Title"},
            "body": {"fr": "Texte", "en": "Text"},
            "tags": ["t"],
            "publishedAt": "2025-01-02",
            "rating": 3,
        },
    )
    read = library_read(ReadRequest(record="un2/default/articles/a"), context)
    assert read.rating == 3.0
    assert (read.kind, read.title, read.date, read.tags) == (
        "article",
        "Titre",
        "2025-01-02",
        ("t",),
    )
    assert read.texts == {"fr": "Texte", "en": "Text"}
    assert read.turns == ()


def test_a_rating_given_while_a_list_is_sorted_counts_in_the_next_list(
    root: Path, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    better, worse = conversation(root, "better", {"rating": 4}), conversation(root, "worse", {})
    assert listed(context, sort="title") == ["better", "worse"]

    def rate_meanwhile(entries: Iterable[Entry], sort: Sort) -> list[Entry]:
        before = list(entries)
        answer_rate(RateRequest(record=worse, index=1, rating=5), context)
        return arrange(before, sort)

    with monkeypatch.context() as patched:
        patched.setattr(domain, "arrange", rate_meanwhile)
        assert listed(context, sort="best") == ["better", "worse"]
    assert listed(context, sort="best") == ["worse", "better"]
    assert better


def test_what_is_neither_cannot_be_read(root: Path, context: Context) -> None:
    put(root, "un2/default/collections/actors/p.json", {"name": "P", "email": "p@example.org"})
    with pytest.raises(BadInputError) as refusal:
        library_read(ReadRequest(record="un2/default/actors/p"), context)
    assert refusal.value.code == "target_not_a_conversation"


def test_each_change_says_what_stood_there_before(root: Path, context: Context) -> None:
    record = conversation(root, "one", {}, {})
    judged = GivenRating(rating=2.0, correction="Better", tags=("t",), note="why")
    first = answer_rate(RateRequest(record=record, index=1, **judged.model_dump()), context)
    assert first.before is None
    assert first.conversation.turns[1].given == judged
    second = answer_rate(RateRequest(record=record, index=1, rating=5), context)
    assert second.before == judged
    third = answer_unrate(AnswerRequest(record=record, index=1), context)
    assert third.before == GivenRating(rating=5.0, correction="", tags=(), note="")
    assert third.conversation.turns[1].given is None
    assert answer_unrate(AnswerRequest(record=record, index=1), context).before is None


def test_the_list_follows_the_ratings(root: Path, context: Context) -> None:
    record = conversation(root, "one", {"rating": 1}, {})
    answer_rate(RateRequest(record=record, index=1, rating=4), context)
    answer_rate(RateRequest(record=record, index=3, rating=3), context)
    assert library_list(ListRequest(), context).entries[0].ratings == (4.0, 3.0)
    answer_unrate(AnswerRequest(record=record, index=1), context)
    assert library_list(ListRequest(), context).entries[0].ratings == (1.0, 3.0)
    library_open(OpenRequest(refresh=True), context)
    assert library_list(ListRequest(), context).entries[0].ratings == (1.0, 3.0)
