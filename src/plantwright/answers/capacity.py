"""How many good units, in the demanded mix, can be made a year and delivered each month, with what confidence?"""

from __future__ import annotations

import math

from plantwright.analytic.statistics import at_least, clopper_pearson
from plantwright.model.naming import thing_called
from plantwright.model.plant import Plant
from plantwright.results import CapacityAnswer, Chance, Driver, InputRange, ProductCapacity, Run
from plantwright.study import service, words
from plantwright.study.asked import AskedOfAYear, question
from plantwright.study.binding import binding_shared, binding_station
from plantwright.study.estimate import over
from plantwright.study.figures import stations_of
from plantwright.study.inputs import Drawn, input_range, significant
from plantwright.study.queueing import queueing_estimate
from plantwright.study.session import Session, accept, session_of
from plantwright.study.spending import spending_of
from plantwright.study.waterfall import reconciliation, waterfall
from plantwright.study.weekload import load_by_week
from plantwright.study.weekly import weekly

OFF_MIX = 0.01
"""Share by which a product may fall behind the demanded mix before the year no longer counts in full. [-]"""
QUEUEING_NOTE = (
    "what the units allowed in process make, waiting in GI/G/m queues, or less where lines with finite rooms let less "
    "through; crews, setups and calendars against each other are left out"
)


@question(AskedOfAYear)
def capacity(plant: Plant, asked: AskedOfAYear) -> CapacityAnswer:
    """How many good units a year the plant makes, with what confidence, and why not more.

    Two runs: *capacity*, with unlimited orders in the mix of the demand, held by the plant's own limits of work in
    process; and *service*, the dated demand from an empty plant with its start stocks.

    Parameters
    ----------
    plant
        A sound plant.

    Raises
    ------
    RunError
        It cannot be computed.
    """
    with session_of(plant, asked) as session:
        return answer_of(session, timing=asked.timing)


def answer_of(session: Session, *, timing: bool = False) -> CapacityAnswer:
    """The answer from a session, whose runs other answers may share."""
    plant, year, runs = session.plant, session.year, session.runs
    made = session.units_per_year
    base = {name: math.fsum(year.made(run)[name] for run in runs) / len(runs) for name in year.wanted.sold}
    drawn = input_range(year, session.effort, runs, seed=session.seed, crowd=session.crowd)
    served = service.serve(session)
    by_week = weekly(plant, year.wanted, year.rough)
    queueing = queueing_estimate(plant, year.wanted, year.rough, conwip=year.conwip)
    stations = stations_of(plant, runs)
    binding = binding_station(plant, runs, session.year.wanted.sold)
    shared = binding_shared(year, runs, binding)
    held_by = words.shared_holding_back(shared) if shared else words.holding_back(binding, stations[binding])
    losses = waterfall(year, runs, binding)
    lines = reconciliation(year, losses, binding)
    total = math.fsum(base.values())
    return CapacityAnswer(
        plant=plant.name,
        verdict=words.verdict(made, year.wanted.target, held_by, drawn.total),
        target_per_year=year.wanted.target,
        units_per_year=made,
        units_per_year_inputs=drawn.total,
        p_meet_target=_chance(session),
        by_product={name: _product(session, drawn, name) for name in year.wanted.sold},
        deliveries_by_month=service.months(session, served),
        service=service.figures(session, served),
        rough_cut_per_year=year.rough.units_per_year,
        rough_cut_by_week_per_year=by_week.units_per_year,
        rough_cut=year.rough.rows,
        buffers=by_week.buffers,
        queueing_estimate_per_year=queueing.units_per_year,
        queueing_note=QUEUEING_NOTE,
        binding_station=binding,
        losses=losses,
        differences=words.differences(plant, (year.rough, by_week), queueing, made, lines),
        stations=stations,
        part_moves_per_year=round(math.fsum(run.part_moves * year.scale(run) for run in runs) / len(runs)),
        estimates_that_matter=_that_matter(drawn.total),
        not_used=accept(plant, strict=False),
        notes=(*session.notes(), *drawn.notes, *_mix_note(session)),
        provenance=session.provenance,
        execution=session.crowd.execution(timing),
        reconciliation=lines,
        realised_mix={name: amount / total if total else 0.0 for name, amount in base.items()},
        load_by_week=load_by_week(plant, year.wanted, year.rough),
        rough_cut_shared=year.rough.shared,
        binding_shared=shared,
        currency=plant.money.base,
        spending=spending_of(runs),
    )


def _product(session: Session, drawn: Drawn, name: str) -> ProductCapacity:
    year, runs = session.year, session.runs
    share = year.wanted.mix[name]
    product = session.plant.products.get(name)
    return ProductCapacity(
        units_per_year=over(runs, lambda run: year.made(run)[name]),
        units_per_year_inputs=drawn.by_product.get(name),
        demand_per_year=round(share * (year.wanted.target or 0)),
        mix=share,
        conwip=year.conwip.get(name, 0),
        conwip_given=product is not None and product.conwip is not None,
        flow_time_mean_s=over(runs, lambda run: run.items[name].flow_time_mean_s),
        flow_time_p90_s=over(runs, lambda run: run.items[name].flow_time_quantiles_s.get("P90", math.nan)),
        name=thing_called(session.plant, name),
    )


def in_mix(session: Session, run: Run) -> float:
    """Good units of one year that count towards the target: all, unless a product falls behind the mix. [units]

    A plant that makes too few of one product does not meet the demand with more of another. One per cent of leeway is
    given, for the units that happen to be inside at the end of the year.
    """
    made, mix = session.year.made(run), session.year.wanted.mix
    held = min((made[name] / share for name, share in mix.items() if share), default=0.0)
    return min(math.fsum(made.values()), held * (1 + OFF_MIX))


def _chance(session: Session) -> Chance:
    """Share of the simulated years that reach the target, and what they can show (Clopper-Pearson, 95 %)."""
    target, runs = session.year.wanted.target, session.runs
    if target is None or not session.measures_a_year:
        return Chance(None, None, len(runs))
    reached = sum(in_mix(session, run) >= target for run in runs)
    bounds = clopper_pearson(reached, len(runs))
    return Chance(reached / len(runs), at_least(reached, len(runs)), len(runs), bounds[1])


def _that_matter(found: InputRange | None) -> tuple[Driver, ...]:
    """Estimates, not sourced figures, whose range moves the answer more than chance would."""
    drivers = significant(found.drivers, found.n) if found else ()
    return tuple(driver for driver in drivers if driver.mark == "E")


def _mix_note(session: Session) -> tuple[str, ...]:
    """A word where the output is in another mix than the demand."""
    year, runs = session.year, session.runs
    made = {name: math.fsum(year.made(run)[name] for run in runs) for name in year.wanted.sold}
    total = math.fsum(made.values())
    off = [
        f"{thing_called(session.plant, name)} {100 * made[name] / total:.1f} % instead of {100 * share:.1f} %"
        for name, share in year.wanted.mix.items()
        if total and abs(made[name] / total - share) > OFF_MIX * max(share, OFF_MIX)
    ]
    return (f"The output is in another mix than the demand: {', '.join(off)}.",) if off else ()
