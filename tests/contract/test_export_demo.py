"""The demo domain: the faithful fixture tree, and the very bytes of its export."""

import hashlib
from pathlib import Path

import pytest

from domains.tree import Exported, export, read_export
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.demo.domain import write_demo


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "domain"
    write_demo(folder, conversations=0, seed=7)
    return folder


def fates_of_fixtures(exported: Exported) -> dict[str, str]:
    """Return the fates of the hand-written documents, without those of the generated ones."""
    return {
        record.rpartition("/")[2]: fate
        for record, fate in exported.fates.items()
        if "demo-" in record or "main_session" in record or "broken" in record
    }


def test_the_fixture_tree_has_its_expected_fates(demo: Path, output: Path):
    exported = export(demo, output)
    assert fates_of_fixtures(exported) == {
        "main_session#0": "unrated",
        "main_session#2": "unrated",
        "main_session#5": "unrated",
        "main_session#7": "unrated",
        "main_session#9": "unrated",
        "demo-chat-session#1": "unrated",
        "demo-agent-session#2": "unrated",
        "demo-session-agent#1": "unrated",
        "demo-actor-claire": "personal_record",
        "demo-actor-hannah": "personal_record",
        "demo-actor-karim": "personal_record",
        "demo-article-draft": "not_published",
        "demo-article-published": "exported",
        "broken": "invalid_json",
        "demo-rated-high#1": "exported",
        "demo-rated-low#1": "rated_too_low",
        "demo-unrated#1": "unrated",
        "demo-personal-data#1": "exported",
        "demo-control-tokens#1": "exported",
        "demo-accents#1": "exported",
        "demo-thumbs#1": "exported",
        "demo-note-conversation#1": "exported",
        "demo-note-text": "exported",
        "demo-requirement-bilingual": "exported",
    }
    assert [notice.params["documents"] for notice in exported.report.notices] == [
        "articles/demo-article-lost"
    ]
    assert not any("deleted" in record or "qdrant" in record for record in exported.fates)


def test_the_fixture_tree_with_unrated_answers(demo: Path, output: Path):
    exported = export(demo, output, rating={"include_unrated": True})
    fates = fates_of_fixtures(exported)
    assert {name: fates[name] for name in fates if name.startswith("main_session")} == {
        "main_session#0": "no_question",
        "main_session#2": "exported",
        "main_session#5": "exported",
        "main_session#7": "system_feedback",
        "main_session#9": "exported",
    }
    assert fates["demo-agent-session#2"] == "exported"
    assert exported.report.repairs["earlier_questions_left_out"] >= 1


def test_what_the_demo_really_holds_reaches_the_rows(demo: Path, output: Path):
    rows = "\n".join(export(demo, output).rows)
    assert all(char in rows for char in "éàç«»’")
    assert any(ord(char) > 0xFFFF for char in rows), "an emoji"
    assert "half" not in rows


def test_every_row_is_the_missions_pattern(demo: Path, output: Path):
    report = export_dataset(ExportRecipe(), output, root=demo)
    for row in read_export(output, report).rows:
        assert row.startswith("<s>[INST] ")
        assert row.endswith(" </s>")
        assert " [/INST] " in row


def test_reading_changes_nothing(demo: Path, output: Path):
    def state() -> dict[str, tuple[int, str]]:
        return {
            str(path): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
            for path in demo.rglob("*")
            if path.is_file()
        }

    before = state()
    export(demo, output)
    assert state() == before
