from __future__ import annotations

from html.parser import HTMLParser

import pytest

from node.domain.pasting import pasted

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {margin:0}</style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=FR-CA>
<!--StartFragment--><p class=MsoTitle>Bilan de l’année</p>
<p class=MsoNormal><b>Le sous-sol</b> est <span style='font-style:italic'>toujours</span> humide.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt'>&nbsp;&nbsp;</span></span></span>
<![endif]>Ouvrir les fenêtres<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><span
 style='mso-list:Ignore'>1.<span>&nbsp;</span></span>au nord</p>
<p class=MsoNormal>Fin.</p><script>alert(1)</script><!--EndFragment--></body></html>"""

DOCS = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400">'
    'Titre</span></h2><p><span style="font-weight:700;font-style:italic">Fort</span><span style="font-weight:400"> et doux, voir '
    '</span><a href="https://a.example/"><span>ici</span></a></p><ul><li><p>un</p></li><li><p>deux</p></li></ul></b>'
)


def test_what_was_written_in_word_keeps_what_it_means() -> None:
    assert pasted(WORD) == (
        "## Bilan de l’année\n\n**Le sous-sol** est *toujours* humide.\n\n- Ouvrir les fenêtres\n\n  1. au nord\n\nFin."
    )


def test_what_was_written_in_docs_is_not_all_bold() -> None:
    assert pasted(DOCS) == "## Titre\n\n***Fort*** et doux, voir [ici](<https://a.example/>)\n\n- un\n\n- deux"


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        "<style>*{}</style>",
        "<b><script>x</script>",
        "</p></b>",
    ],
)
def test_nothing_that_acts_comes_along(hostile: str) -> None:
    assert "alert" not in pasted(hostile)
    assert "<" not in pasted(hostile)


def test_a_long_paste_takes_no_time() -> None:
    assert len(pasted("<p class=MsoListParagraph>" * 20_000)) < 10
    assert pasted("<b>" * 50_000 + "</i>" * 50_000) == ""


@pytest.mark.parametrize("mark", ["<a ", "<!--", "<a b='", "</a ", "<![if "])
def test_what_never_ends_is_not_looked_through_at_each_of_its_marks(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []

    def counting(name: str) -> None:
        usual = getattr(HTMLParser, name)

        def look(reader: HTMLParser, at: int) -> object:
            looks.append(at)
            return usual(reader, at)

        monkeypatch.setattr(HTMLParser, name, look)

    for name in ("parse_starttag", "parse_endtag", "parse_comment", "parse_html_declaration"):
        counting(name)
    assert pasted(f"<p>Bonjour</p>{mark * 500}").startswith("Bonjour")
    assert len(looks) < 20


def test_what_is_begun_at_the_end_is_read_as_words() -> None:
    assert pasted("<p>Un <b>mot</b> de plus &amp; une suite <i") == "Un **mot** de plus & une suite \\<i"
    assert pasted("a < b") == r"a \< b"
