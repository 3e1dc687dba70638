"""Templates as pieces, and whether what the law wants stated is printed whatever happens."""

from __future__ import annotations

from datetime import date

import pytest

from engine.bootstrap import shipped_source, vocabulary
from engine.documents.obligatory import omitted_parts
from engine.documents.pieces import PieceKind, paragraph, pieces, row
from engine.drafting.proof import prove
from engine.drafting.sample_papers import sample_paper
from engine.drafting.template_editing import lawful, moved, put_after, replaced, without
from engine.errors import BadInput, Refused
from engine.statute.law import load_law

LAW = load_law()
FILES = shipped_source().files
OPINION = LAW.document("handling_opinion")
PATH = "documents/handling_opinion.html"
REMEDY = "{{ part.remedy|paragraphs }}"
LAYOUT = "documents/_layout.html"


def with_template(old: str, new: str, path: str = PATH) -> dict[str, bytes]:
    text = FILES[path].decode()
    assert old in text
    return {**FILES, path: text.replace(old, new).encode()}


def test_shipped_templates_print_all_that_the_law_wants_and_read_back_as_they_are() -> None:
    for rule in LAW.documents():
        assert omitted_parts(FILES, rule) == (), rule.kind
        for piece in pieces(FILES[f"documents/{rule.kind}.html"].decode(), rule):
            if piece.kind in {PieceKind.PARAGRAPH, PieceKind.HEADING}:
                assert paragraph(piece.words, piece.kind, rule, piece.source) == piece.source
            elif piece.kind is PieceKind.ROW:
                assert row(piece.words, piece.source) == piece.source


@pytest.mark.parametrize(
    "files",
    [
        with_template(REMEDY, ""),
        with_template(REMEDY, f"{{% if part.finding %}}{REMEDY}{{% endif %}}"),
        with_template(REMEDY, f"{{% if not part.remedy %}}{REMEDY}{{% endif %}}"),
        with_template(REMEDY, f"{{% if part.remedy and number %}}{REMEDY}{{% endif %}}"),
        with_template(REMEDY, "{{ part.remedy|paragraphs if part.finding else organ }}"),
        with_template(REMEDY, f"{{% for row in part.finding %}}{REMEDY}{{% endfor %}}"),
        with_template(REMEDY, f"{{% block unknown %}}{{% endblock %}}{{% if false %}}{REMEDY}{{% endif %}}"),
        with_template("{% block body %}{% endblock %}", "{% if number %}{% block body %}{% endblock %}{% endif %}", LAYOUT),
    ],
)  # fmt: skip
def test_a_part_that_may_vanish_is_found(files: dict[str, bytes]) -> None:
    assert "remedy" in {part.id for part in omitted_parts(files, OPINION)}


@pytest.mark.parametrize(
    "written",
    [
        f"{{% if part.remedy %}}{REMEDY}{{% endif %}}",
        f"{{% if part.remedy or number %}}{REMEDY}{{% endif %}}",
        f"{{% if part.finding %}}{REMEDY}{{% else %}}<p>{{{{ part.remedy|line }}}}</p>{{% endif %}}",
        "{% for one in part.remedy|rows %}<p>{{ one }}</p>{% endfor %}",
        "<p>{{ part.remedy or organ }}</p>",
    ],
)
def test_a_part_that_is_printed_in_every_case_is_not_complained_of(written: str) -> None:
    assert omitted_parts(with_template(REMEDY, written), OPINION) == ()


def test_a_version_whose_template_drops_a_part_is_refused_with_the_article() -> None:
    files = with_template(REMEDY, "")
    del files["documents/receipt.html"]
    found = prove(shipped_source().__class__(files), vocabulary(LAW)).findings

    assert {(one.rule, one.clause, one.file) for one in found} == {
        ("part_may_be_missing", "32", PATH),
        ("no_template", "19", "documents/receipt.html"),
    }


def at(source: str) -> int:
    return FILES[PATH].decode().splitlines().index(source)


def test_free_text_is_changed_and_the_law_s_part_stays() -> None:
    heading = "<h2>五、救济途径</h2>"
    change = lawful(replaced(at(heading), heading, "<h2>五、您的权利</h2>"), FILES, OPINION)
    added = lawful(put_after(at(REMEDY), REMEDY, "<p>请妥善保存。</p>"), FILES, OPINION)
    up = lawful(moved(at(heading), heading, OPINION, by=-1), FILES, OPINION)

    assert "您的权利" in change(FILES[PATH]).decode()
    assert added(FILES[PATH]).decode().count("\n") == FILES[PATH].decode().count("\n") + 1
    lines = up(FILES[PATH]).decode().splitlines()
    assert lines.index(heading) == at(heading) - 1
    assert sorted(lines) == sorted(FILES[PATH].decode().splitlines())


def test_what_would_let_a_part_vanish_or_binds_the_petitioner_is_refused() -> None:
    with pytest.raises(Refused, match="第三十二条") as refused:
        lawful(without(at(REMEDY), REMEDY), FILES, OPINION)(FILES[PATH])
    assert refused.value.article == "32"
    promise = "<p>申请人今后不再上访。</p>"
    with pytest.raises(BadInput, match="承诺"):
        lawful(put_after(at(REMEDY), REMEDY, promise), FILES, OPINION)(FILES[PATH])
    with pytest.raises(BadInput, match="script"):
        lawful(put_after(at(REMEDY), REMEDY, "<script>x</script>"), FILES, OPINION)(FILES[PATH])
    with pytest.raises(BadInput, match="没有内容项"):
        paragraph("见【不存在】", PieceKind.PARAGRAPH, OPINION)
    with pytest.raises(BadInput, match="符号"):
        paragraph("{{ organ }}", PieceKind.PARAGRAPH, OPINION)
    with pytest.raises(BadInput, match="别处"):
        lawful(replaced(3, "<p>gone</p>", "<p>x</p>"), FILES, OPINION)(FILES[PATH])


def test_a_template_that_lacks_parts_can_be_mended_one_by_one() -> None:
    files = with_template(REMEDY, "")
    lacking = files[PATH].decode().replace("{{ part.opinion|paragraphs }}\n", "").encode()
    files[PATH] = lacking
    end = lacking.decode().splitlines().index("{% endblock %}") - 1
    was = lacking.decode().splitlines()[end]
    mended = lawful(put_after(end, was, REMEDY), files, OPINION)(lacking)

    assert [part.id for part in omitted_parts({**files, PATH: mended}, OPINION)] == ["opinion"]


def test_every_sample_holds_each_part_and_is_plainly_made_up() -> None:
    for rule in LAW.documents():
        sheet = sample_paper(rule, FILES, on=date(2026, 11, 23))
        assert "测试县" in sheet
        assert "未载明" not in sheet
        bare = sample_paper(rule, FILES, on=date(2026, 11, 23), optional=False)
        for part in rule.parts:
            if not part.id.endswith(("_on", "_due", "_due_date", "_by")):
                assert f"〔样张：{part.title.zh}〕" in bare, (rule.kind, part.id)
