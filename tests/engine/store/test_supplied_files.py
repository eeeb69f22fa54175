"""Finding, unpacking and naming what a person supplies."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from frankpledge.engine.faults import NotReadable, UsageFault
from frankpledge.engine.store import unpacking
from frankpledge.engine.store.supplied import archive_month, find_files
from tests.engine.store.conftest import Site
from tests.engine.store.files import OUTCOMES, STOPS, put, put_zip, row, text

ENDINGS = (".csv", ".csv.gz", ".zip")


def test_the_layout_of_an_archive_of_the_site_is_read_whole(site: Site) -> None:
    """Folders by month, and the three kinds of a force's files side by side."""
    members = {
        "2025-05/2025-05-west-mercia-street.csv": text([row(Month="2025-05")]),
        "2025-06/2025-06-west-mercia-street.csv": text([row(), row()]),
        "2025-06/2025-06-west-mercia-outcomes.csv": text([row()], OUTCOMES),
        "2025-06/2025-06-west-mercia-stop-and-search.csv": text([row()], STOPS),
    }
    archive = put_zip(site.supplied / "2025-06.zip", members)
    report = site.bring(archive)
    assert report.stored == 5
    assert [len(site.rows(d)) for d in ("incidents", "outcomes", "stops")] == [3, 1, 1]
    assert {f.path for f in report.files} == {f"{archive}!{name}" for name in members}
    digests = {f.sha256 for f in report.files}
    assert digests == {hashlib.sha256(archive.read_bytes()).hexdigest()}
    assert {f.sha256_raw for f in report.files} == {hashlib.sha256(c.encode()).hexdigest() for c in members.values()}
    [supply] = [s for s in site.store.manifest("incidents").supplies.values() if "2025-05-" in s.path]
    assert supply.as_of == "2025-06"


def test_plain_gzip_and_archive_give_the_same_rows(site: Site) -> None:
    content = text([row(), row(Crime_type="Robbery")])
    put(site.supplied / "a.csv", content)
    put(site.supplied / "b.csv.gz", content)
    put_zip(site.supplied / "c.zip", {"deep/er/c.csv": content, "d.csv.gz": gzip.compress(content.encode())})
    report = site.bring()
    assert (report.stored, report.unchanged) == (2, 6)
    assert {f.sha256_raw for f in report.files} == {hashlib.sha256(content.encode()).hexdigest()}
    loose = {f.path: f.sha256 for f in report.files if "!" not in f.path}
    assert all(digest == hashlib.sha256(Path(path).read_bytes()).hexdigest() for path, digest in loose.items())


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("data/2025-06.zip/2024-01/2024-01-west-mercia-street.csv", "2025-06"),
        ("data/2025-06.zip/2025-06/2025-06-west-mercia-street.csv", "2025-06"),
        ("archives/2025-06/2024-01/2024-01-west-mercia-street.csv", "2025-06"),
        ("west-mercia/2024-01/2024-01-west-mercia-street.csv", ""),
        ("2019-01/2024-01/2024-01-west-mercia-street.csv", ""),
        ("2025-06/loose.csv", "2025-06"),
        ("latest.zip/2024-01/2024-01-west-mercia-street.csv", ""),
        ("loose.csv", ""),
    ],
)
def test_which_month_an_archive_is_of(path: str, month: str) -> None:
    assert archive_month(path.split("/")) == month


def test_hidden_and_other_files_are_named_and_left_out(site: Site) -> None:
    put(site.supplied / "good.csv", text([row()]))
    for name in (".hidden.csv", "notes.txt", "picture.png", "empty.csv"):
        put(site.supplied / name, "" if name.startswith("empty") else "x")
    put(site.supplied / "strange.csv", "a,b\n1,2\n")
    put(site.supplied / ".git/config.csv", text([row()]))
    put_zip(site.supplied / "more.zip", {"__MACOSX/x.csv": "x", "y/.z.csv": "x", "readme.md": "x", "in.zip": "x"})
    report = site.bring()
    assert report.stored == 1
    named = {Path(path).name for path, _ in report.left_out}
    assert named == {".hidden.csv", "notes.txt", "picture.png", "empty.csv", "strange.csv", ".git", "x.csv", ".z.csv",
                     "readme.md", "more.zip!readme.md", "more.zip!in.zip"} - {"readme.md"}  # fmt: skip
    assert all(any(line.startswith(f"Not read: {path}") for line in site.said) for path, _ in report.left_out)


def test_a_wrong_folder_says_which_boxes_to_tick(site: Site) -> None:
    put(site.supplied / "strange.csv", "a,b\n1,2\n")
    with pytest.raises(NotReadable) as refused:
        site.bring()
    assert "strange.csv" in refused.value.message
    assert "Include crime data" in refused.value.remedy


def test_an_empty_folder_and_a_path_that_leads_nowhere(site: Site) -> None:
    with pytest.raises(NotReadable, match="no files there"):
        site.bring()
    with pytest.raises(NotReadable, match="no such file"):
        site.bring(site.supplied / "nowhere")


def test_an_unknown_source_lists_the_known_ones(site: Site) -> None:
    with pytest.raises(UsageFault, match="police-uk-stops"):
        site.bring(source="police")


def test_a_source_of_one_kind_leaves_the_others(site: Site) -> None:
    put(site.supplied / "s.csv", text([row()]))
    put(site.supplied / "o.csv", text([row()], OUTCOMES))
    report = site.bring(source="police-uk-outcomes")
    assert [Path(f.path).name for f in report.files] == ["o.csv"]
    [(path, reason)] = report.left_out
    assert path.endswith("s.csv")
    assert reason == "it is of the kind 'street', which 'import police-uk' takes"


@pytest.mark.parametrize(
    "name", ["w[e]st*.csv", "it's here.csv", 'qu"ote.csv', "naïve ☂.csv", "semi;colon.csv", "a b.csv"]
)
def test_no_character_of_a_name_means_anything(site: Site, name: str) -> None:
    report = site.bring(put(site.supplied / name, text([row(), row(Crime_type="?")])))
    assert (report.stored, report.rejected) == (1, 1)
    assert report.files[0].path.endswith(name)


def test_names_inside_archives_are_never_used_for_writing(site: Site, tmp_path: Path) -> None:
    members = {
        f"{up}2025-06-west-mercia-street.csv": text([row(Month="2025-05")]) for up in ("../../../", "/", "a/../")
    }
    before = {p for p in tmp_path.rglob("*") if "home" not in p.parts}
    report = site.bring(put_zip(site.supplied / "x.zip", members))
    assert (report.stored, report.unchanged) == (1, 2)
    assert {p for p in tmp_path.rglob("*") if "home" not in p.parts} - before == {site.supplied / "x.zip"}


def test_an_archive_that_would_grow_a_hundredfold_is_refused_before_it_is_unpacked(site: Site) -> None:
    put(site.supplied / "good.csv", text([row()]))
    put_zip(site.supplied / "bomb.zip", {"a.csv": text([row()]).encode() + b"\n" * (70 * 2**20)})
    report = site.bring()
    assert report.stored == 1
    [(path, reason)] = report.left_out
    assert path.endswith("bomb.zip")
    assert "100 times" in reason


def test_a_gzip_that_grows_too_far_is_stopped_while_unpacking(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "SMALL_ANYWAY", 2**20)
    put(site.supplied / "a.csv.gz", text([row()]).encode() + b"\n" * (8 * 2**20))
    report = site.bring()
    assert report.stored == 0
    assert "grows beyond" in report.files[0].warning


def test_an_archive_with_a_password_says_so(site: Site) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.csv", text([row()]))
    raw = bytearray(buffer.getvalue())
    raw[6] |= 1  # the flag of a locked member, in its own header and in the list of members
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    (site.supplied / "a.zip").write_bytes(bytes(raw))
    with pytest.raises(NotReadable, match="locked with a password"):
        site.bring()


def test_a_file_that_only_claims_to_be_an_archive(site: Site) -> None:
    put(site.supplied / "a.zip", "<html>An error occurred</html>")
    put(site.supplied / "b.csv", "<html>An error occurred</html>")
    put(site.supplied / "c.csv.gz", "").write_bytes(b"not compressed at all")
    with pytest.raises(NotReadable) as refused:
        site.bring()
    assert "download it again" in refused.value.message


def test_files_are_found_in_the_order_of_their_names(site: Site) -> None:
    for name in ("b/2.csv", "b/1.csv", "a.csv", "c.csv"):
        put(site.supplied / name, "x")
    found = find_files([site.supplied, site.supplied / "a.csv"], ENDINGS)
    assert [str(f.path.relative_to(site.supplied)) for f in found.files] == ["a.csv", "c.csv", "b/1.csv", "b/2.csv"]


def test_progress_is_told_file_by_file(site: Site) -> None:
    put(site.supplied / "a.csv", text([row()]))
    put(site.supplied / "b.csv", text([row(Month="2025-05"), row(Month="2025-05", Crime_type="?")]))
    site.bring()
    assert site.said == [
        "1 of 2: a.csv: 1 rows in: 1 stored.",
        "2 of 2: b.csv: 2 rows in: 1 stored, 1 rejected.",
    ]
