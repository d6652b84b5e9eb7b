"""What lies in a domain, counted."""

from domains.tree import Tree, exchange
from raise_finetune.dataset.browsing.inspection import DomainSummary, FolderSummary, inspect_domain
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.dataset.report import Problem
from raise_finetune.dataset.sources.judgements import Judgement, rate
from raise_finetune.storage.engine import StorageEngine


def test_an_empty_domain(tree: Tree):
    assert inspect_domain(StorageEngine(tree.root), ExportRecipe()) == DomainSummary(
        root=str(tree.root),
        folders=(),
        ratings={},
        given_here=0,
        leftover_transactions=(),
        left_out_folders=(),
        problems=(),
    )


def test_everything_is_counted(tree: Tree):
    tree.put("chats/s.json", {"history": exchange("q", "a")})
    tree.conversation("a", *exchange("q", "a", rating=4.5), *exchange("r", "b", rating="bad"))
    tree.conversation("b", *exchange("q", "a"), rating=5)
    tree.document("un2/default/conversations/people", displayName="X", email="x@y")
    tree.document("un2/default/conversations/none")
    tree.document("un2/sa/functions/f", name="N", description="D")
    tree.put("un2/sa/collections/functions/broken.json", "{")
    tree.put("un2/sa/wal/1.json", {"operations": []})
    engine = StorageEngine(tree.root)
    rate(engine, "chats/s", 1, Judgement(5))
    summary = inspect_domain(engine, ExportRecipe())
    assert summary.folders == (
        FolderSummary(
            name="chats", documents=1, answers=1, rated_answers=0, kinds={"conversation": 1}
        ),
        FolderSummary(
            name="un2/default/conversations",
            documents=4,
            answers=3,
            rated_answers=2,
            kinds={"conversation": 2, "not_training_material": 1, "personal_record": 1},
        ),
        FolderSummary(
            name="un2/sa/functions",
            documents=2,
            answers=0,
            rated_answers=0,
            kinds={"element": 1, "problem": 1},
        ),
    )
    assert (summary.ratings, summary.given_here) == ({"4": 1, "5": 1}, 1)
    assert summary.leftover_transactions == ("un2/sa/wal/1.json",)
    assert [problem.record for problem in summary.problems] == ["un2/sa/functions/broken"]
    assert isinstance(summary.problems[0], Problem)
