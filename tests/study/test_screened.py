"""A party that is listed, owned by such, or supplied by such never stands in a plan. Every party is invented."""

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from plantwright.errors import DocumentError
from plantwright.io.decisions import append
from plantwright.io.patch import apply
from plantwright.problems.screening import Decision
from plantwright.results.screening import AID, NOTHING
from plantwright.study.asked import AskedOfSupply
from plantwright.study.screened import screened

DOCUMENT = """
    plantwright: 1
    name: Bench
    from: 2027-01-04
    sites: {main: {country: DE}, partner: {country: ZZ}}
    stations: {saw: {}}
    items:
      bolt: {buy: {from: [bolt-a, bolt-b], policy: {s: 5, Q: 10}}}
      nut: {buy: {from: nut-a}}
      hub: buy
    routes: {part: [{op: cut, station: saw, time: 1 min, uses: {bolt: 1, nut: 1, hub: 1}}]}
    products: {part: {made-by: part}}
    suppliers:
      alvora: {name: Alvora Composites SA, country: DE}
      verdanik: {name: Verdanik Drive Works GmbH, country: DE}
      tundrel: {name: Tundrel Packaging Oy, country: FI}
    offers:
      bolt-a: {item: bolt, supplier: alvora, lead-time: 3 d}
      bolt-b: {item: bolt, supplier: verdanik, lead-time: 3 d}
      nut-a: {item: nut, supplier: tundrel, lead-time: 3 d}
      hub-a: {item: hub, supplier: tundrel, lead-time: 3 d}
    demand:
      part: {orders: [{date: 2027-02-01, pieces: 5, customer: Kelbrook Farms}, {date: 2027-03-01, pieces: 7}]}
"""
ROW = '{id},"{name}","-0-","TEST",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n'


@pytest.fixture
def bench(write):
    """The plant above, changed by path."""
    return lambda changes=None: apply(write(DOCUMENT), changes or {})


@pytest.fixture
def listing(tmp_path):
    """A list of names as a file."""

    def of(*names, file="sdn-2026-11-05.csv"):
        path = tmp_path / file
        rows = (ROW.format(id=number, name=name) for number, name in enumerate(names, 101))
        path.write_text("".join(rows), encoding="utf-8")
        return path

    return of


def ask(plant, *lists, **more):
    return screened(plant, AskedOfSupply(lists=lists, **more))


def states(found):
    return {key: found.judgement.state(key) for key in found.judgement.against}


def test_without_a_list_nothing_is_screened_and_that_is_said(bench):
    plant = bench()
    found = ask(plant)
    assert found.plant is plant
    assert not found.was_screened
    assert found.told.note == NOTHING


def test_a_listed_supplier_is_refused_with_its_list_its_date_and_its_score(bench, listing):
    found = ask(bench(), listing("VERDANIK DRIVE WORKS LTD."))
    (reason,) = found.told.refusals
    assert (reason.party, reason.state, reason.cause) == ("suppliers.verdanik", "refused", "name")
    assert (reason.list, reason.list_date, reason.entry) == ("sdn-2026-11-05.csv", "2026-11-05", "101")
    assert reason.score == 1.0  # another legal form, the same name
    assert found.told.offers == ("bolt-b",)
    assert set(found.plant.offers) == {"bolt-a", "nut-a", "hub-a"}
    assert found.plant.items["bolt"].buy.from_ == ("bolt-a",)
    assert found.told.note == AID


def test_an_item_whose_last_offer_goes_is_told_and_keeps_being_ordered(bench, listing):
    found = ask(bench({"items.nut.buy.policy": {"s": 1, "Q": 2}}), listing("Tundrel Packaging"))
    assert found.told.unsupplied == ("nut", "hub")
    assert found.plant.items["nut"].buy.from_ is None
    assert found.plant.items["nut"].buy.policy is not None


def test_a_doubtful_name_is_held_until_a_named_reviewer_decides(bench, listing, tmp_path):
    lists = listing("Verdanyk Dryve Works")
    found = ask(bench(), lists)
    assert states(found) == {"suppliers.verdanik": "held"}
    assert "a named reviewer has to decide" in found.told.refusals[0].why
    log = decided(found, tmp_path / "log.jsonl", "clear")
    passed = ask(bench(), lists, decisions=log)
    assert states(passed) == {}
    assert [(each.party, each.reviewer) for each in passed.judgement.clearances] == [
        ("suppliers.verdanik", "R. Virholm")
    ]
    assert set(passed.plant.offers) == set(bench().offers)
    refused = ask(bench(), lists, decisions=decided(found, log, "refuse"))
    assert states(refused) == {"suppliers.verdanik": "refused"}


def decided(found, path, ruling):
    """The log with a decision about the first case of a screening."""
    case = found.judgement.cases[0]
    told = (case.party.name, case.party.fingerprint, case.list, case.list_hash, case.entry, case.entry_hash)
    append(path, Decision("2026-11-06", "R. Virholm", *told, ruling, "Compared the registers."))
    return path


def test_a_decision_holds_no_longer_when_the_party_or_the_entry_changes(bench, listing, tmp_path):
    lists = listing("Verdanyk Dryve Works")
    log = decided(ask(bench(), lists), tmp_path / "log.jsonl", "clear")
    renamed = bench({"suppliers.verdanik.name": "Verdanik Drive Works AG"})
    assert states(ask(renamed, lists, decisions=log)) == {"suppliers.verdanik": "held"}
    assert states(ask(bench(), listing("Verdanyk Dryve Works", "Another"), decisions=log)) == {}
    told_more = listing("Verdanyk Dryve Works Inc")
    assert states(ask(bench(), told_more, decisions=log)) == {"suppliers.verdanik": "held"}


def test_only_reviewers_of_the_document_decide_where_it_names_them(bench, listing, tmp_path):
    lists = listing("Verdanyk Dryve Works")
    named = bench({"screening.reviewers": ["Somebody Else"]})
    log = decided(ask(named, lists), tmp_path / "log.jsonl", "clear")
    assert states(ask(named, lists, decisions=log)) == {"suppliers.verdanik": "held"}


def test_no_decision_lifts_a_name_at_the_block_level(bench, listing, tmp_path):
    lists = listing("Verdanik Drive Works")
    case = ask(bench(), listing("Verdanyk Dryve Works")).judgement.cases[0]
    exact = ask(bench(), listing("Verdanik Drive Works"))
    assert exact.judgement.cases == []
    told = (
        case.party.name,
        case.party.fingerprint,
        case.list,
        case.list_hash,
        "101",
        exact.lists[0].entries[0].fingerprint,
    )
    append(tmp_path / "log.jsonl", Decision("2026-11-06", "R. Virholm", *told, "clear", "A try."))
    assert states(ask(bench(), lists, decisions=tmp_path / "log.jsonl")) == {"suppliers.verdanik": "refused"}


def test_an_entry_in_another_country_is_held_not_refused(bench, tmp_path):
    path = tmp_path / "targets.csv"
    path.write_text("id,schema,name,countries\nx,Company,Verdanik Drive Works GmbH,my\n", encoding="utf-8")
    assert states(ask(bench(), path)) == {"suppliers.verdanik": "held"}
    path.write_text("id,schema,name,countries\nx,Company,Verdanik Drive Works GmbH,de\n", encoding="utf-8")
    assert states(ask(bench(), path)) == {"suppliers.verdanik": "refused"}


def test_ownership_adds_up_and_follows_chains(bench, listing):
    plant = bench(
        {
            "suppliers.alvora.owners": {"Nordmere Group": "30 %", "brook": "20 %", "Others": "50 %"},
            "screening": {"owners": {"brook": {"name": "Brook Holding", "owners": {"Zarechin, Ivan": "60 %"}}}},
        }
    )
    found = ask(plant, listing("Nordmere Group", "ZARECHIN, Ivan"))
    assert states(found)["suppliers.alvora"] == "refused"
    assert states(found)["screening.owners.brook"] == "refused"
    reason = next(each for each in found.told.refusals if each.party == "suppliers.alvora")
    assert (reason.cause, reason.share) == ("ownership", pytest.approx(0.5))
    assert found.told.offers == ("bolt-a",)


def test_a_listed_owner_below_the_threshold_or_of_an_unknown_share_holds_a_party(bench, listing, tmp_path):
    for share in ("10 %", None):
        plant = bench({"suppliers.alvora.owners": {"Nordmere Group": share}})
        found = ask(plant, listing("Nordmere Group"))
        assert states(found)["suppliers.alvora"] == "held"
        log = decided(found, tmp_path / f"{share}.jsonl", "clear")
        assert "suppliers.alvora" not in states(ask(plant, listing("Nordmere Group"), decisions=log))
    assert "an unknown share" in found.told.refusals[-1].why


def test_what_comes_through_a_refused_supplier_is_refused_however_far_behind_it_stands(bench, listing):
    plant = bench({"suppliers.alvora.buys-from": ["tundrel"], "suppliers.tundrel.buys-from": ["verdanik"]})
    found = ask(plant, listing("Verdanik Drive Works"))
    assert set(states(found).values()) == {"refused"}
    assert not found.plant.offers


def test_countries_and_regions_are_refused_wherever_they_stand(bench):
    def kept(**changes):
        country = {f"suppliers.{supplier}.country": code for supplier, code in changes.items()}
        return set(ask(bench({"screening": {"countries": ["ZZ", "UA-43"]}, **country})).plant.offers)

    every = {"bolt-a", "bolt-b", "nut-a", "hub-a"}
    assert kept() == every
    assert kept(alvora="ZZ") == every - {"bolt-a"}
    assert kept(alvora="UA-43") == every - {"bolt-a"}
    assert kept(alvora="UA") == every - {"bolt-a"}  # in which region is not known


@pytest.mark.parametrize(
    "change",
    [
        {"offers.nut-a.origin": "ZZ"},
        {"offers.nut-a.content": {"DE": "90 %", "ZZ": "10 %"}},
        {"offers.nut-a.to": "partner"},
        {"lanes": {"sea": {"from": "ZZ", "to": "main"}}, "offers.nut-a.lane": "sea"},
    ],
)
def test_an_offer_from_or_by_way_of_a_refused_country_goes(bench, change):
    plant = apply(bench({"screening": {"countries": ["ZZ"]}}), change)
    assert ask(plant).told.offers == ("nut-a",)


def test_a_partner_in_a_refused_country_makes_nothing(bench):
    plant = bench({"screening": {"countries": ["ZZ"]}, "making": {"there": {"item": "hub", "site": "partner"}}})
    assert ask(plant).told.making == ("there",)


def test_orders_of_a_listed_customer_are_left_out(bench, listing):
    found = ask(bench(), listing("Kelbrook Farms Ltd"))
    assert found.told.orders == ("5 part on 2027-02-01 for Kelbrook Farms",)
    assert [order.date for order in found.plant.demand["part"].orders] == [dt.date(2027, 3, 1)]


def test_lists_of_the_document_are_looked_for_in_its_folder(bench, listing, tmp_path):
    listing("Verdanik Drive Works", file="own.csv")
    plant = bench({"screening": {"lists": ["own.csv", {"file": "own.csv", "date": "2026-12-01"}]}})
    found = ask(plant, folder=tmp_path)
    assert [each.name for each in found.lists] == ["own.csv"]
    assert states(found) == {"suppliers.verdanik": "refused"}


def test_a_list_that_the_document_names_and_that_is_missing_is_an_error(bench, tmp_path):
    with pytest.raises(DocumentError, match=r"screening.lists.0.*gone.csv"):
        ask(bench({"screening": {"lists": ["gone.csv"]}}), folder=tmp_path)


def test_a_patch_cannot_change_whom_a_plant_may_deal_with(bench):
    plant = bench({"screening": {"countries": ["ZZ"]}})
    for change in ({"screening.countries": []}, {"screening": {}}, {"screening.block": "100 %"}):
        with pytest.raises(DocumentError, match="E118"):
            apply(plant, change)
    assert apply(plant, {"stations.saw.machines": 2}).screening == plant.screening


NAMES = ("Alvora Composites", "Verdanik Drive Works", "Tundrel Packaging", "Kestrelmark Avionics", "Nordmere Group")
KEYS = "abcde"


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_listed_party_and_nothing_of_theirs_is_ever_in_a_plan(tmp_path_factory, data):
    from plantwright.model.plant import Plant

    listed = data.draw(st.sets(st.sampled_from(NAMES)), "listed")
    owners = {
        key: data.draw(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["20 %", "50 %"]), max_size=2))
        for key in KEYS
    }
    behind = {key: data.draw(st.sets(st.sampled_from(KEYS), max_size=2)) for key in KEYS}
    legal = data.draw(st.sampled_from(["", " GmbH", " Ltd", " LLC"]))
    plant = Plant.model_validate(
        {
            "name": "drawn",
            "stations": {"saw": {}},
            "routes": {"part": [{"op": "cut", "station": "saw", "time": "1 min", "uses": {"bolt": 1}}]},
            "products": {"part": {"made-by": "part"}},
            "items": {"bolt": "buy"},
            "suppliers": {
                key: {"name": name + legal, "owners": owners[key], "buys-from": sorted(behind[key])}
                for key, name in zip(KEYS, NAMES)
            },
            "offers": {f"bolt-{key}": {"item": "bolt", "supplier": key, "lead-time": "3 d"} for key in KEYS},
        }
    )
    path = tmp_path_factory.mktemp("lists") / "sdn.csv"
    rows = [ROW.format(id=1, name="NOBODY AT ALL")]
    rows += [ROW.format(id=number, name=name.upper()) for number, name in enumerate(sorted(listed), 2)]
    path.write_text("".join(rows), encoding="utf-8")
    found = ask(plant, path)

    own = {key for key, name in zip(KEYS, NAMES) if name in listed}
    owned = closed(own, owners)  # held or refused: a listed owner holds some of it, directly or through others
    barred = closed(owned, behind)
    assert {offer.supplier for offer in found.plant.offers.values()} == set(KEYS) - barred
    assert {key.removeprefix("suppliers.") for key in states(found)} == barred
    assert all(states(found)[f"suppliers.{key}"] == "refused" for key in own)


def closed(first, links):
    """Everybody from whom a link, or a chain of them, leads to one of the first."""
    found = set(first)
    while more := {key for key, others in links.items() if set(others) & found} - found:
        found |= more
    return found
