"""Lists as their publishers write them. Every party here is invented."""

import datetime as dt
import hashlib

import pytest

from plantwright.errors import DocumentError
from plantwright.io.lists import ListFile, read_lists

SDN = """\
101,"VERDANIK DRIVE WORKS","-0-","TESTLAND",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Invented."
102,"ZARECHIN, Ivan","individual","TESTLAND; OTHER","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0-
103,"MARGIT STAR","vessel","TESTLAND",-0- ,"XQ7","Bulk",-0- ,-0- ,"Testland",-0- ,-0-
\x1a
"""
ALT = '101,1,"aka","VDW GROUP",-0- \n101,2,"fka","Верданик",-0- \n'
ADD = '101,1,"1 Invented Street","Kelbrook","Malaysia",-0- \n'
CSL = """\
_id,source,entity_number,type,programs,name,title,addresses,alt_names,citizenships,nationalities
a1,Entity List (EL),7,,EAR,Kestrelmark Avionics,,"1 Pier, Aldport, MY; 2 Quay, Virholm, SG",KMA; Kestrel Mark,,
a2,Denied Persons List (DPL),,Individual,,Ann Tessarin,,"3 Lane, Brenwick, ZA",,MY,
"""
OPEN = """\
# Invented, for tests.
"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","last_seen","last_change"
"x-1","Company","Alvora Composites","ALVORA; Corp;""Alvora, Inc"";Алвора","","ru;by","","","Test","2026-10-30T06:00",""
"x-2","Vessel","Nordlys","","","","","","","2026-11-02T06:00:00",""
"""


@pytest.fixture
def read(tmp_path):
    """Reads lists given as names and texts."""

    def lists(date=None, **texts):
        files = []
        for name, text in texts.items():
            path = tmp_path / f"{name.replace('_', '-')}.csv"
            path.write_text(text, encoding="utf-8", newline="")
            files.append(ListFile(path, path.name, date))
        return read_lists([file for file in files if not file.name.startswith(("alt", "add"))])

    return lists


def faults(read, **texts):
    with pytest.raises(DocumentError) as caught:
        read(**texts)
    return [(finding.place.line, finding.place.path, finding.message) for finding in caught.value.findings]


def test_the_main_file_of_ofac_and_those_beside_it_are_one_list(read):
    (found,) = read(sdn=SDN, alt=ALT, add=ADD)
    firm, person, ship = found.entries
    assert found.form == "OFAC"
    assert firm.names == ("VERDANIK DRIVE WORKS", "VDW GROUP", "Верданик")
    assert (firm.id, firm.kind, firm.countries, firm.programme) == ("101", "firm", ("Malaysia",), "TESTLAND")
    assert (person.kind, person.names) == ("person", ("ZARECHIN, Ivan",))
    assert ship.kind == "craft"
    assert found.sha256 == hashlib.sha256((SDN + ALT + ADD).encode()).hexdigest()


def test_the_consolidated_list_has_names_and_countries_in_cells_with_semicolons(read):
    (found,) = read(csl=CSL)
    firm, person = found.entries
    assert found.form == "Consolidated Screening List"
    assert firm.names == ("Kestrelmark Avionics", "KMA", "Kestrel Mark")
    assert (firm.countries, firm.programme) == (("MY", "SG"), "Entity List (EL), EAR")
    assert (person.kind, person.countries) == ("person", ("ZA", "MY"))


def test_open_sanctions_separates_by_semicolons_and_quotes_what_holds_one(read):
    (found,) = read(targets=OPEN)
    firm, ship = found.entries
    assert firm.names == ("Alvora Composites", "ALVORA", "Corp", "Alvora, Inc", "Алвора")
    assert (firm.countries, firm.programme, ship.kind) == (("ru", "by"), "Test", "craft")


def test_the_date_is_given_or_told_by_the_content_or_by_the_name_of_the_file(read):
    assert [(one.date, one.dated_by) for one in read(targets=OPEN, sdn_2026_11_05=SDN)] == [
        ("2026-11-02", "content"),
        ("2026-11-05", "name"),
    ]
    (given,) = read(dt.date(2026, 12, 24), targets=OPEN)
    assert (given.date, given.dated_by) == ("2026-12-24", "given")
    (undated,) = read(sdn=SDN)
    assert undated.dated_by == "file"


def test_everything_wrong_with_all_lists_is_told_at_once(read):
    sdn = SDN.replace('102,"ZARECHIN, Ivan"', '102x,"ZARECHIN, Ivan"').replace('103,"MARGIT STAR"', "103,-0-")
    broken = OPEN.replace('"x-2","Vessel","Nordlys"', '"x-1","Vessel","Nordlys"')
    assert faults(read, sdn=sdn, targets=broken, csl=CSL.replace("a2,Denied", "a2,extra,Denied")) == [
        (2, "column 1, ent_num", '"102x" is no number of an entry'),
        (3, "column 2, SDN_Name", "the entry has no name"),
        (4, "column 1, id", 'the entry "x-1" is there twice'),
        (3, "column 12", "the row has 12 cells, the header 11"),
    ]


def test_a_file_beside_the_list_that_does_not_fit_it_is_told(read):
    wrong = '999,1,"aka","NOBODY",-0- \n101,1,"aka"\n'
    assert faults(read, sdn=SDN, alt=wrong) == [
        (1, "column 1, ent_num", "the main file has no entry 999"),
        (2, "column 4", "the row has 3 cells, and 5 columns are needed"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", None, "the list is empty"),
        ("# nothing\n", None, "the list is empty"),
        ("party;why\nSomebody;because\n", 1, 'the layout is not known: the list begins with "party;why"'),
        (CSL.replace(",name,", ",nmae,"), 1, 'there is no column "name"'),
        (CSL.splitlines()[0] + "\n", None, "the list has no entry"),
        (OPEN.replace('"x-2"', '"x-2'), 4, "this is not CSV: ',' expected after '\"'"),
    ],
)
def test_a_list_that_cannot_be_read_explains_itself(read, text, line, message):
    ((at, _, told), *_) = faults(read, broken=text)
    assert (at, told) == (line, message)


def test_text_that_is_not_utf8_is_told_with_its_line(tmp_path):
    path = tmp_path / "sdn.csv"
    path.write_bytes(SDN.encode() + '104,"GRÜN"'.encode("latin-1"))
    with pytest.raises(DocumentError) as caught:
        read_lists([ListFile(path, "sdn.csv")])
    assert (caught.value.findings[0].place.line, caught.value.findings[0].message) == (5, "the text is not UTF-8")


def test_a_list_that_is_not_there_is_an_error_with_the_nearest_name(tmp_path):
    (tmp_path / "sdn.csv").write_text(SDN, encoding="utf-8")
    with pytest.raises(DocumentError, match=r'the list "snd.csv" cannot be read.*Did you mean "sdn.csv"'):
        read_lists([ListFile(tmp_path / "snd.csv", "snd.csv", at="screening.lists.0")])


def test_hundreds_of_faults_are_counted_after_the_first_twenty(read):
    rows = "".join(f"{number},FIRM\n" for number in range(500))
    told = faults(read, sdn=SDN + rows)
    assert len(told) == 21
    assert told[-1][2] == "480 more faults of this kind follow"
