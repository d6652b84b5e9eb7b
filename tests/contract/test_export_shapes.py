"""The five shapes of conversations on users' disks → the rows that are expected of them."""

from pathlib import Path
from typing import Any

import pytest

from domains.tree import Tree, export

EVERYTHING = {"include_unrated": True}
ROW = "<s>[INST] Quelle est la portée ? [/INST] Douze kilomètres. </s>"


def turns(user: str, assistant: str, date: str) -> list[dict[str, Any]]:
    return [
        {"role": user, "content": "Quelle est la portée ?", date: "2026-01-05T08:00:00.123456789Z"},
        {"role": assistant, "content": "Douze kilomètres.", date: "2026-01-05T08:00:01Z"},
    ]


SHAPES: dict[str, tuple[str, dict[str, Any]]] = {
    "1 chat file": (
        "chats/main_session.json",
        {
            "id": "main_session",
            "history": turns("User", "Assistant", "timestamp"),
            "max_history_len": 10,
        },
    ),
    "2 agent_sessions": (
        "un2/_system/collections/agent_sessions/s1.json",
        {
            "id": "s1",
            "agent_id": "architect",
            "created_at": "2026-01-05T08:00:00+00:00",
            "updated_at": "2026-01-05T08:00:01+00:00",
            "messages": turns("user", "assistant", "timestamp"),
            "summary": "portée",
        },
    ),
    "3 session_agents": (
        "un2/_system/collections/session_agents/s2.json",
        {
            "handle": "s2",
            "session_id": "x",
            "agent_id": "architect",
            "status": "active",
            "messages": turns("user", "assistant", "timestamp"),
            "summary": None,
            "updated_at": "2026-01-05T08:00:01+00:00",
        },
    ),
    "4 chat_sessions": (
        "_system/master/collections/chat_sessions/s3.json",
        {
            "_id": "s3",
            "id": "s3",
            "_created_at": "2026-01-05T08:00:00Z",
            "_p2p": {"revision": 3, "origin_node": "n", "checksum": "c", "last_sync_at": ""},
            "history": turns("User", "Assistant", "timestamp"),
            "max_history_len": 10,
        },
    ),
    "5 any document with messages": (
        "un2/default/collections/notes/s4.json",
        {
            "id": "s4",
            "messages": [
                {"id": str(number), "artifacts": [], "meta": {}, **turn}
                for number, turn in enumerate(turns("user", "assistant", "createdAt"))
            ],
        },
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("unit", ["answer", "conversation"])
def test_each_shape_gives_its_row(tree: Tree, output: Path, shape: str, unit: str):
    path, document = SHAPES[shape]
    tree.put(path, document)
    exported = export(tree.root, output, rating=EVERYTHING, examples={"unit": unit})
    record = path.replace("/collections", "").removesuffix(".json")
    assert exported.rows == [ROW]
    assert exported.fates == {f"{record}#1" if unit == "answer" else record: "exported"}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_carries_its_date(tree: Tree, output: Path, shape: str):
    path, document = SHAPES[shape]
    tree.put(path, document)
    day = {"since": "2026-01-05", "until": "2026-01-05"}
    assert export(tree.root, output, rating=EVERYTHING, filter=day).rows == [ROW]


def test_the_sliding_window_of_the_application(tree: Tree, output: Path):
    """Ten messages survive: an answer comes first, a call failed, the application spoke."""
    said = [
        ("Assistant", "…suite de la réponse."),
        ("User", "Question sans réponse ?"),
        ("User", "Question reposée ?"),
        ("Assistant", "Oui.\n### NOUVELLE QUESTION ###\nEt ensuite ?"),
        ("User", "[SYSTEM_FEEDBACK] Élément créé."),
        ("Assistant", "C’est noté."),
        ("User", "Et **l’interface** ?\n\n- un\n- deux"),
        ("Assistant", "Voici 🙂 :\n\n```json\n{}\n```"),
        ("User", "Merci"),
        ("Assistant", ""),
    ]
    history = [
        {"role": role, "content": content, "timestamp": f"2026-01-05T08:00:0{n}.123456789Z"}
        for n, (role, content) in enumerate(said)
    ]
    tree.put("chats/main_session.json", {"id": "main_session", "history": history})
    exported = export(tree.root, output, rating=EVERYTHING)
    first = "<s>[INST] Question reposée ? [/INST] Oui. </s>"
    assert exported.rows == [
        first,
        f"{first}[INST] Et **l’interface** ?\n\n- un\n- deux [/INST] "
        "Voici 🙂 :\n\n```json\n{}\n``` </s>",
    ]
    assert exported.fates == {
        "chats/main_session#0": "no_question",
        "chats/main_session#3": "exported",
        "chats/main_session#5": "system_feedback",
        "chats/main_session#7": "exported",
        "chats/main_session#9": "empty_answer",
    }
    assert exported.report.repairs == {"earlier_questions_left_out": 1, "prompt_leak_cut": 1}


def test_a_chat_that_was_reset_holds_nothing(tree: Tree, output: Path):
    tree.put("chats/main_session.json", {"id": "main_session", "history": []})
    exported = export(tree.root, output, rating=EVERYTHING)
    assert exported.fates == {"chats/main_session": "not_training_material"}


DOCUMENTATION: dict[str, tuple[str, dict[str, Any], str]] = {
    "article": (
        "un2/default/collections/articles/a1.json",
        {
            "id": "a1",
            "handle": "portee",
            "displayName": "Portée",
            "slug": "portee",
            "title": "Portée",
            "summary": {"en": "The range", "fr": "La portée"},
            "status": "published",
            "tags": [],
            "publishedAt": "2026-01-05T08:00:00+00:00",
        },
        "<s>[INST] Que dit l’article « Portée » ? [/INST] La portée </s>",
    ),
    "element": (
        "un2/sa/collections/functions/f1.json",
        {
            "createdAt": "2026-01-05T08:00:00+00:00",
            "description": "Mesure la portée du lien.",
            "id": "f1",
            "layer": "SA",
            "name": "Mesurer",
            "type": "SystemFunction",
        },
        "<s>[INST] À quoi sert « Mesurer » dans le modèle (System Function) ? [/INST] "
        "Mesure la portée du lien. </s>",
    ),
    "requirement": (
        "un2/transverse/collections/requirements/r1.json",
        {
            "_id": "r1",
            "reqId": "EX-1",
            "name": {"fr": "Portée", "en": "Range"},
            "statement": {"fr": "Le lien doit porter.", "en": "The link shall reach."},
            "category": "Performance",
        },
        "<s>[INST] Que demande l’exigence EX-1 « Portée » ? [/INST] Le lien doit porter. </s>",
    ),
    "chunk": (
        "un2/_system/collections/raise_knowledge_base/k1.json",
        {
            "_id": "k1",
            "content": "The range is in the annex.",
            "metadata": {
                "source": "annex.pdf",
                "chunk_index": 0,
                "total_chunks": 3,
                "ingested_at": "2026-01-05T08:00:00Z",
            },
        },
        "<s>[INST] What does the document “annex.pdf” say (part 1 of 3)? [/INST] "
        "The range is in the annex. </s>",
    ),
}


@pytest.mark.parametrize("kind", DOCUMENTATION)
def test_documentation_gives_its_row(tree: Tree, output: Path, kind: str):
    path, document, row = DOCUMENTATION[kind]
    tree.put(path, document)
    exported = export(tree.root, output)
    assert exported.rows == [row]
