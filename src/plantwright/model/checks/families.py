"""Product families: options, rules and modules that name what there is, and modules that stand where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import product as every_choice

from plantwright.errors import Finding, nearest
from plantwright.model.bill import dates, resolve
from plantwright.model.checks.bill import MOST_COMBINATIONS, cycles
from plantwright.model.checks.fault import fault, listed, unknown
from plantwright.model.family import PRODUCT, Choice, Family, Module
from plantwright.model.members import members, options, own_values, parts
from plantwright.model.plant import Plant


def family_names(plant: Plant) -> Iterator[Finding]:
    """Platforms, products, modules and shops that nothing in the document bears."""
    for key, product in plant.products.items():
        if plant.families and product.platform is not None and product.platform not in plant.families:
            yield unknown(f"products.{key}.platform", "family", product.platform, plant.families, "families")
    for name, family in plant.families.items():
        for key in family.products:
            if key in plant.products and plant.products[key].platform not in (None, name):
                yield fault(
                    "E245",
                    f"families.{name}.products.{key}",
                    f'"{key}" names another platform, "{plant.products[key].platform}"',
                    "Let a product stand on one platform.",
                )
        for path, what, key, valid, section in _named(plant, family):
            if key not in valid:
                yield unknown(f"families.{name}.{path}", what, key, valid, section)


def _named(plant: Plant, family: Family) -> Iterator[tuple[str, str, str, Iterable[str], str]]:
    """What a family names: path, kind, name, valid names, where these are defined."""
    errors = family.forecast_error if isinstance(family.forecast_error, dict) else {}
    for section, keys in (("products", family.products), ("forecast-error", errors)):
        for key in keys:
            yield f"{section}.{key}", "product", key, plant.products, "products"
    for key in family.modules:
        yield f"modules.{key}", "item", key, [*plant.items, *plant.products], "items or products"
    items = [(f"modules.{key}.then", module.then) for key, module in family.modules.items() if module.then]
    for path, item in [*items, *((f"catalogue.{item}", item) for item in family.catalogue)]:
        yield path, "item", item, plant.items, "items"
    for place in family.laboratory:
        yield f"laboratory.{place}", "shop or station", place, [*plant.shops, *plant.stations], "shops or stations"


def choices(plant: Plant) -> Iterator[Finding]:
    """Rules, modules and products that name an option or a value that the family does not have."""
    for name, family in plant.families.items():
        here = f"families.{name}"
        known = options(plant, name)
        if PRODUCT in family.options:
            remedy = "Call the option otherwise."
            yield fault("E236", f"{here}.options.{PRODUCT}", f'"{PRODUCT}" is the choice of the product itself', remedy)
        for path, choice in _choices(family):
            yield from _choice(f"{here}.{path}", choice, known)
        for key in members(plant, name):
            for option, values in own_values(plant, name, key).items():
                if not values:
                    sold = listed(plant.products[key].options[option])
                    fixed = family.products.get(key, {}).get(option, family.options.get(option, ()))
                    yield fault(
                        "E246",
                        f"products.{key}.options.{option}",
                        f"it is sold with {option} {sold}, its family has only {listed(fixed)}",
                        "Give both the same values.",
                    )


def _choices(family: Family) -> Iterator[tuple[str, Choice]]:
    """Every choice that is written in a family, with its path."""
    for key, rule in family.rules.items():
        yield f"rules.{key}.when", rule.when
        yield f"rules.{key}.requires", rule.requires
        yield f"rules.{key}.excludes", rule.excludes
        for place, choice in enumerate(rule.one_of):
            yield f"rules.{key}.one-of.{place}", choice
    for key, module in family.modules.items():
        yield f"modules.{key}.when", module.when
    for key, choice in family.products.items():
        yield f"products.{key}", choice


def _choice(here: str, choice: Choice, known: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    for option, values in choice.items():
        if option not in known:
            yield fault(
                "E236",
                f"{here}.{option}",
                f'there is no option "{option}", only {listed(known)}',
                "Define it under options of the family, or correct the name.",
                near=nearest(option, known),
            )
            continue
        for value in values:
            if value not in known[option]:
                yield fault(
                    "E237",
                    f"{here}.{option}",
                    f'{option} has no value "{value}", only {listed(known[option])}',
                    "Correct the value.",
                    near=nearest(value, known[option]),
                )


def effectivity(plant: Plant) -> Iterator[Finding]:
    """Modules and rules that are never valid, and modules that follow one another in a circle."""
    for name, family in plant.families.items():
        for section, dated in (("modules", family.modules), ("rules", family.rules)):
            for key, each in dated.items():
                if each.from_ is not None and each.until is not None and each.until <= each.from_:
                    yield fault(
                        "E238",
                        f"families.{name}.{section}.{key}.until",
                        f"it is never valid: it ends on {each.until} and begins on {each.from_}",
                        "Let until be later than from.",
                    )
        for key, module in family.modules.items():
            if module.then is not None and module.until is None:
                yield fault(
                    "E238",
                    f"families.{name}.modules.{key}.then",
                    f'"{module.then}" would take its place, but nothing says when',
                    "Write until: with the first day on which it is not built in any more.",
                )
            if _returns(family.modules, key):
                yield fault(
                    "E238",
                    f"families.{name}.modules.{key}.then",
                    "the items that follow one another lead back to it",
                    "Let the last one be followed by none.",
                )


def _returns(modules: Mapping[str, Module], key: str) -> bool:
    """Whether what follows an item is in the end itself."""
    at, passed = modules[key].then, {key}
    while at is not None and at not in passed:
        passed.add(at)
        at = modules[at].then if at in modules else None
    return at == key


def places_of_modules(plant: Plant) -> Iterator[Finding]:
    """Modules that a route builds in where they do not belong, or leaves out where they do, or that none builds in."""
    sound = [*cycles(plant), *family_names(plant), *choices(plant), *effectivity(plant)]
    if any(finding.is_error for finding in sound):
        return
    for name, family in plant.families.items():
        used = frozenset(members(plant, name)).union(*(parts(plant, key) for key in members(plant, name)))
        for key, module in family.modules.items():
            here = f"families.{name}.modules.{key}"
            if key not in used and not any(each.then == key for each in family.modules.values()):
                yield fault(
                    "W535",
                    here,
                    "no product of the family has it in its bill",
                    "Write it under uses of an operation, or take it out of the family.",
                )
            elif module.when and key in plant.items:
                yield from _misplaced(plant, name, key, module)


def _misplaced(plant: Plant, name: str, key: str, module: Module) -> Iterator[Finding]:
    """The first product and choice in which the routes and the design of a module say different things."""
    family, here = plant.families[name], f"families.{name}.modules.{key}.when"
    known = options(plant, name)
    for product in members(plant, name):
        own = own_values(plant, name, product) | {PRODUCT: (product,)}
        deciding = dict.fromkeys([*module.when, *plant.products[product].options])
        ranges = [own.get(option, known[option]) for option in deciding]
        if not all(ranges) or _count(ranges) > MOST_COMBINATIONS:
            continue
        for values in every_choice(*ranges):
            chosen = dict(zip(deciding, values, strict=True))
            belongs = all(chosen[option] in wanted for option, wanted in module.when.items())
            days = [plant.from_, *dates(family)]
            built = any(key in resolve(plant, family, product, chosen, day).parts for day in days)
            if belongs != built:
                chosen_words = ", ".join(f"{option} {value}" for option, value in chosen.items() if option != PRODUCT)
                does = "builds it in" if built else "does not build it in"
                yield fault(
                    "E239",
                    here,
                    f'the route of "{product}" {does} with {chosen_words or "any choice"}, which is not what when says',
                    "Correct when, or the uses of the route.",
                )
                return


def _count(ranges: list[tuple[str, ...]]) -> int:
    total = 1
    for each in ranges:
        total *= len(each)
    return total
