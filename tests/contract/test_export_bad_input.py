"""Bad input: each a clear error or a named entry, and whatever stood at the target still stands."""

import os
import resource
import socket
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from domains.process import complaint, run
from domains.tree import Tree, exchange, export, snapshot
from raise_finetune.dataset.export import export_dataset
from raise_finetune.dataset.recipe import ExportRecipe
from raise_finetune.errors import BadInputError, FailedError

Lowered = Callable[[], AbstractContextManager[None]]
Mount = Callable[[str], Path]
FOLDER = "un2/default/collections/conversations"
RECORD = "un2/default/conversations/x"
OLD = b'{"text":"old"}\n'


@pytest.fixture
def good(tree: Tree) -> Tree:
    """A tree with a hundred rows, about 300 KB."""
    for number in range(100):
        tree.conversation(f"c{number:03}", *exchange(f"q{number} " + "x" * 3000, "a", rating=5))
    return tree


def refusal(tree: Tree, target: Path) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        export_dataset(ExportRecipe(), target, root=tree.root)
    assert caught.value.message("fr") != caught.value.message("en")
    assert caught.value.hint("fr") != caught.value.hint("en")
    return caught.value


# The data folder


@pytest.mark.parametrize(
    ("root", "sentence"),
    [
        ("none", "The data folder {root} does not exist."),
        ("file", "{root} is not a folder."),
        ("file/below", "{root} is not a folder."),
        ("loop", "The folder {root} cannot be read: Too many levels of symbolic links."),
    ],
)
def test_a_root_that_is_none(tmp_path: Path, root: str, sentence: str):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "old.jsonl").write_bytes(OLD)
    done = run("export", tmp_path / "old.jsonl", "--root", tmp_path / root)
    assert done.returncode == 2
    assert complaint(done) == sentence.format(root=tmp_path / root)
    assert (tmp_path / "old.jsonl").read_bytes() == OLD


def test_the_home_of_nobody(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    nobody = "~nobody-here/x"
    for arguments, environment in (
        ([tmp_path / "x", "--root", nobody], {}),
        ([tmp_path / "x"], {"PATH_RAISE_DOMAIN": nobody}),
        ([nobody, "--root", tree.root], {}),
        (["x", "--root", tree.root], {"PATH_RAISE_DATASET": nobody}),
    ):
        done = run("export", *arguments, environment=environment)
        assert done.returncode == 2
        assert complaint(done) == "The home folder that “~nobody-here/x” names is unknown."
    assert list(tmp_path.iterdir()) == [tree.root]


def test_a_root_that_may_not_be_read(public_folder: Path, ordinary_user: Lowered):
    tree = Tree(public_folder / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    tree.root.chmod(0)
    with ordinary_user():
        error = refusal(tree, public_folder / "x.jsonl")
    tree.root.chmod(0o700)
    assert error.code == "folder_unreadable"
    assert not (public_folder / "x.jsonl").exists()


def test_an_unreadable_file_is_one_entry(public_folder: Path, ordinary_user: Lowered):
    tree = Tree(public_folder / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    tree.put(f"{FOLDER}/x.json", {}).chmod(0)
    with ordinary_user():
        exported = export(tree.root, public_folder / "out")
    assert exported.report.rows == 1
    assert exported.fates[RECORD] == "unreadable"
    assert exported.report.problems[0].detail == "Permission denied"


@pytest.mark.parametrize("is_watched", [False, True])
def test_an_unreadable_folder_is_one_entry_whoever_watches(
    public_folder: Path, ordinary_user: Lowered, *, is_watched: bool
):
    tree = Tree(public_folder / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    closed = [tree.root / "chats", tree.put("un2/default/collections/d/x.json", {}).parent]
    closed[0].mkdir()
    for folder in closed:
        folder.chmod(0)
    with ordinary_user():
        report = export_dataset(
            ExportRecipe(),
            public_folder / "out.jsonl",
            root=tree.root,
            progress=(lambda _: None) if is_watched else None,
        )
    for folder in closed:
        folder.chmod(0o700)
    assert report.rows == 1
    assert [(each.record, each.fate, each.detail) for each in report.problems] == [
        ("chats/", "unreadable", "Permission denied"),
        ("un2/default/d/", "unreadable", "Permission denied"),
    ]


@pytest.mark.parametrize("name", ["x.jsonl", "x"])
def test_an_empty_database(tree: Tree, tmp_path: Path, name: str):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    done = run("export", target, "--root", tree.root)
    assert done.returncode == 2
    assert complaint(done) == f"There is no record in {tree.root}, so nothing was written."
    assert snapshot(target.parent) == {}
    done = run("export", target, "--root", tree.root, "--allow-empty")
    assert done.returncode == 0
    assert target.exists()
    if name == "x.jsonl":
        assert target.read_bytes() == b""


def test_nothing_that_matches_leaves_the_old_one(good: Tree, tmp_path: Path):
    for name in ("x.jsonl", "x"):
        target = tmp_path / name
        assert run("export", target, "--root", good.root).returncode == 0
        before = snapshot(target)
        for path in good.root.rglob("*.json"):
            path.write_text("{}")
        done = run("export", target, "--root", good.root)
        assert done.returncode == 2
        assert "(100 records were read)" in complaint(done)
        assert snapshot(target) == before
        for number in range(100):
            good.conversation(f"c{number:03}", *exchange(f"q{number}", "a", rating=5))


# Documents

NESTED = b"[" * 100_000 + b"]" * 100_000
UNUSABLE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "invalid_json"),
    "cut off": (b'{"messages": [', "invalid_json"),
    "trailing comma": (b'{"a": 1,}', "invalid_json"),
    "comment": (b'{} // {"a": 1}', "invalid_json"),
    "two documents": (b"{}{}", "invalid_json"),
    "NUL": (b"\0" * 4096, "invalid_json"),
    "NUL after": (b"{}\0", "invalid_json"),
    "bad UTF-8": (b'{"a": "\xff"}', "invalid_json"),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), "invalid_json"),
    "byte-order mark": (b"\xef\xbb\xbf{}", "invalid_json"),
    "lone surrogate": (b'{"a": "\\ud800"}', "invalid_json"),
    "raw surrogate": (b'{"a": "\xed\xa0\x80"}', "invalid_json"),
    "NaN": (b'{"a": NaN}', "invalid_json"),
    "infinite": (b'{"a": 1e999}', "invalid_json"),
    "deep list": (NESTED, "invalid_json"),
    "deep object": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "invalid_json"),
    "list": (b"[]", "not_an_object"),
    "string": (b'"x"', "not_an_object"),
    "number": (b"5", "not_an_object"),
    "null": (b"null", "not_an_object"),
    "huge number": (b"9" * 10_000, "invalid_json"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_document_is_one_entry(tree: Tree, output: Path, name: str):
    content, fate = UNUSABLE[name]
    tree.put(f"{FOLDER}/x.json", content)
    tree.conversation("c", *exchange("q", "a", rating=5))
    exported = export(tree.root, output)
    assert exported.fates == {"un2/default/conversations/c#1": "exported", RECORD: fate}
    assert [problem.record for problem in exported.report.problems] == [RECORD]


def rated(rating: bytes) -> bytes:
    """Return a conversation with a rating as it stands on disk."""
    question = b'{"role": "user", "content": "q"}'
    answer = b'{"role": "assistant", "content": "a", "rating": ' + rating + b"}"
    return b'{"messages": [' + question + b"," + answer + b"]}"


WRONG_TYPES: dict[str, tuple[bytes, str]] = {
    "messages of nothing": (b'{"messages": [null, 1, "x", [], {}]}', "not_training_material"),
    "role of a list": (b'{"messages": [{"role": ["user"]}]}', "not_training_material"),
    "role of an object": (b'{"messages": [{"role": {"a": 1}}]}', "not_training_material"),
    "content of numbers": (rated(b"5").replace(b'"q"', b"5"), "empty_question"),
    "tags of an object": (b'{"tags": {"a": 1}, "name": "N", "description": "D"}', "exported"),
    "dates of numbers": (b'{"updatedAt": 5, "name": "N", "description": "D"}', "exported"),
    "huge rating": (rated(b"1e308"), "invalid_rating"),
    "huge integer rating": (rated(b"18446744073709551615"), "invalid_rating"),
    "nested rating": (rated(b"[" * 1000 + b"]" * 1000), "invalid_rating"),
    "odd chunk": (
        b'{"content": "C", "metadata": {"source": "S", "chunk_index": 1e300, "total_chunks": []}}',
        "exported",
    ),
    "chunk of a number": (b'{"content": "C", "metadata": {"source": 5}}', "empty_question"),
}


@pytest.mark.parametrize("name", WRONG_TYPES)
def test_wrong_types(tree: Tree, output: Path, name: str):
    content, fate = WRONG_TYPES[name]
    tree.put(f"{FOLDER}/x.json", content)
    assert list(export(tree.root, output).fates.values()) == [fate]


def test_nul_inside_a_text_is_taken_out(tree: Tree, output: Path):
    tree.conversation("c", *exchange("a\0b", "c\0d", rating=5))
    assert export(tree.root, output).rows == ["<s>[INST] ab [/INST] cd </s>"]


def test_a_document_of_100_mb_is_one_entry(tree: Tree, tmp_path: Path):
    path = tree.put(f"{FOLDER}/x.json", b'{"messages": [], "x": "')
    with path.open("ab") as file:
        for _ in range(100):
            file.write(b"x" * 1024 * 1024)
        file.write(b'"}')
    tree.conversation("c", *exchange("q", "a", rating=5))

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000))

    done = run("export", tmp_path / "x.jsonl", "--root", tree.root, before=limit)
    assert done.returncode == 0, done.stderr
    assert "un2/default/conversations/x: Too large" in done.stdout
    assert (tmp_path / "x.jsonl").read_bytes() == b'{"text":"<s>[INST] q [/INST] a </s>"}\n'


def test_links_pipes_and_sockets(
    tree: Tree, tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = tree.put(f"{FOLDER}/_meta.json", {}).parent
    secret = tmp_path / "secret.json"
    secret.write_text('{"name": "N", "description": "SECRET"}')
    (folder / "link.json").symlink_to(secret)
    (folder / "loop.json").symlink_to(folder / "loop.json")
    (folder / "dangling.json").symlink_to(folder / "none")
    (folder / "folder.json").mkdir()
    os.mkfifo(folder / "pipe.json")
    monkeypatch.chdir(folder)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.json")
    (tree.root / "un2/default/collections/looping").symlink_to(tree.root / "un2")
    (tree.root / "un2/again").symlink_to(tree.root)
    exported = export(tree.root, output)
    assert {record.rpartition("/")[2]: fate for record, fate in exported.fates.items()} == {
        "link": "symlink",
        "loop": "symlink",
        "dangling": "symlink",
        "pipe": "unreadable",
        "socket": "unreadable",
    }
    assert b"SECRET" not in b"".join(
        path.read_bytes() for path in output.rglob("*") if path.is_file()
    )


def test_names_that_are_not_unicode(tree: Tree, output: Path):
    folder = tree.put(f"{FOLDER}/_meta.json", {}).parent
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.json")).write_bytes(b"{}")
    (folder / "new\nline.json").write_bytes(b"{")
    exported = export(tree.root, output)
    assert sorted(exported.fates) == [
        "un2/default/conversations/\\xff",
        "un2/default/conversations/new\nline",
    ]


# The output


def old_dataset(folder: Path) -> tuple[Path, Path]:
    """Return a file and a dataset folder that stand where an export is to go."""
    (folder / "x.jsonl").write_bytes(OLD)
    small = Tree(folder.parent / f"{folder.name} source")
    small.conversation("old", *exchange("old", "old", rating=5))
    export(small.root, folder / "x")
    return folder / "x.jsonl", folder / "x"


def test_a_missing_folder(good: Tree, tmp_path: Path):
    done = run("export", tmp_path / "none/x.jsonl", "--root", good.root)
    assert done.returncode == 2
    assert complaint(done) == (
        f"The folder {tmp_path}/none does not exist, so {tmp_path}/none/x.jsonl cannot be written."
    )
    assert not (tmp_path / "none").exists()


def test_a_read_only_folder(public_folder: Path, ordinary_user: Lowered):
    tree = Tree(public_folder / "domain")
    tree.conversation("c", *exchange("q", "a", rating=5))
    locked = public_folder / "locked"
    locked.mkdir()
    targets = old_dataset(locked)
    before = snapshot(locked)
    locked.chmod(0o555)
    with ordinary_user():
        codes = [refusal(tree, target).code for target in targets]
    assert codes == ["not_writable", "not_writable"]
    assert snapshot(locked) == before


def test_a_read_only_file_system(good: Tree, mount: Mount):
    folder = mount("size=1m")
    targets = old_dataset(folder)
    before = snapshot(folder)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    for target in targets:
        done = run("export", target, "--root", good.root)
        assert done.returncode == 2
        assert complaint(done).startswith(f"Cannot write {folder}: ")  # before all the work
    assert snapshot(folder) == before


def test_onto_a_directory(good: Tree, tmp_path: Path):
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"jpg")
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    for target in (photos, folder):
        before = snapshot(target)
        done = run("export", target, "--root", good.root)
        assert (done.returncode, snapshot(target)) == (2, before)
        assert str(target) in complaint(done)


def test_into_the_database(good: Tree):
    before = snapshot(good.root)
    for inside in ("x.jsonl", "un2/default/x", "un2/default/collections/conversations/x.jsonl"):
        done = run("export", good.root / inside, "--root", good.root)
        assert done.returncode == 2
        assert complaint(done) == (
            f"The output {good.root / inside} lies inside the data folder {good.root}."
        )
    assert snapshot(good.root) == before


def test_a_relative_path_that_escapes(good: Tree):
    home = Path(os.environ["PATH_RAISE_DATASET"])
    for path in ("../x.jsonl", "a/../../x", "../../../../../../../tmp/x.jsonl"):
        done = run("export", path, "--root", good.root)
        assert done.returncode == 2
        assert complaint(done) == (
            f"The relative path {path} leaves the dataset folder {home / 'training'}."
        )
    assert not home.exists()


def test_onto_a_mount(good: Tree, mount: Mount):
    folder = mount("size=16m")
    before = sorted(folder.parent.iterdir())
    done = run("export", folder, "--root", good.root)
    assert done.returncode == 2
    assert (
        complaint(done)
        == f"{folder} is where a disk or a volume is mounted, and cannot be replaced."
    )
    assert sorted(folder.parent.iterdir()) == before
    assert run("export", folder / "x", "--root", good.root).returncode == 0


@pytest.mark.parametrize("size", ["64k", "200k", "330k", "620k"])
def test_a_full_disk(good: Tree, mount: Mount, size: str):
    """Full at once, while rows wait, while they are written, or just before the end."""
    folder = mount(f"size={size}")
    targets = old_dataset(folder)
    before = snapshot(folder)
    for target in targets:
        done = run("export", target, "--root", good.root)
        assert done.returncode == 1
        assert complaint(done) == f"The disk is full: {target} was not written."
        assert snapshot(folder) == before
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("limit", [1, 1_000, 100_000, 250_000])
def test_no_file_may_grow_further(good: Tree, tmp_path: Path, limit: int):
    """A stand-in for a full disk that needs no rights."""
    folder = tmp_path / "out"
    folder.mkdir()
    targets = old_dataset(folder)
    before = snapshot(folder)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    for target in targets:
        done = run("export", target, "--root", good.root, before=limited)
        assert done.returncode == 1
        assert complaint(done) == f"Writing {target} failed: File too large."
        assert snapshot(folder) == before
        assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_too_few_open_files(good: Tree, tmp_path: Path):
    """Reading needs few descriptors at a time, however many documents there are."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (28, 28))

    done = run("export", tmp_path / "x.jsonl", "--root", good.root, before=limited)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "x.jsonl").read_bytes().count(b"\n") == 100


def test_a_failure_of_the_machine_is_told_apart(
    good: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def fail(_path: Path) -> None:
        raise OSError(5, "Input/output error")

    targets = old_dataset(tmp_path)
    monkeypatch.setattr("raise_finetune.dataset.writing.staging.sync_file", fail)
    monkeypatch.setattr("raise_finetune.storage.exchange.sync_file", fail)
    for target in targets:
        before = snapshot(target)
        with pytest.raises(FailedError) as caught:
            export_dataset(ExportRecipe(), target, root=good.root)
        assert caught.value.code == "write_failed"
        assert caught.value.message("en") == f"Writing {target} failed: Input/output error."
        assert snapshot(target) == before
