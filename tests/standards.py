"""Whether a file keeps to the standard of its kind: what the standards say, written down once more to check by."""

import datetime as dt
from xml.etree import ElementTree

OCEL_VALUES = {"string": str, "time": str, "integer": int, "float": (int, float), "boolean": bool}


def faults_of_ocel(log):
    """What is wrong with a JSON document as OCEL 2.0 (arXiv:2403.01975): its form, its types, its references."""
    faults = [f"no {name}" for name in ("eventTypes", "objectTypes", "events", "objects") if name not in log]
    if faults or len(log) > 4:
        return [*faults, f"members {sorted(log)}"]
    types = {}
    for kind in ("eventTypes", "objectTypes"):
        for declared in log[kind]:
            faults += form(declared, {"name": str, "attributes": list})
            if (kind, declared["name"]) in types:
                faults.append(f"type {declared['name']} is declared twice")
            types[kind, declared["name"]] = {each["name"]: each["type"] for each in declared["attributes"]}
            faults += [
                f"no attribute type: {each}" for each in declared["attributes"] if each["type"] not in OCEL_VALUES
            ]
    ids = [each["id"] for each in log["events"]] + [each["id"] for each in log["objects"]]
    faults += [] if len(set(ids)) == len(ids) else ["an id is there twice"]
    objects = {each["id"] for each in log["objects"]}
    for event in log["events"]:
        faults += form(event, {"id": str, "type": str, "time": str, "attributes": list, "relationships": list})
        faults += faults_of_time(event["time"])
        faults += faults_of_values(event, types.get(("eventTypes", event["type"])), {"name": str})
        faults += faults_of_references(event, objects)
        faults += [] if event["relationships"] else [f"{event['id']} is related to nothing"]
    for thing in log["objects"]:
        faults += form({"attributes": [], "relationships": []} | thing, {"id": str, "type": str} | LISTS)
        faults += faults_of_values(thing, types.get(("objectTypes", thing["type"])), {"name": str, "time": str})
        faults += faults_of_references(thing, objects)
    return faults


LISTS = {"attributes": list, "relationships": list}


def form(thing, members):
    """Members that are missing, of the wrong type, or not in the standard."""
    wrong = [name for name, kind in members.items() if not isinstance(thing.get(name), kind)]
    return [f"{thing}: {name}" for name in [*wrong, *(set(thing) - set(members))]]


def faults_of_time(text):
    return [] if dt.datetime.fromisoformat(text).tzinfo else [f"{text} has no time zone"]


def faults_of_values(thing, declared, members):
    """Attributes that are not declared for the type, or have values of another one."""
    if declared is None:
        return [f"{thing['id']} is of the undeclared type {thing['type']}"]
    faults = []
    for each in thing.get("attributes", []):
        faults += form(each, members | {"value": OCEL_VALUES.get(declared.get(each["name"]), ())})
        faults += faults_of_time(each["time"]) if "time" in each else []
    return faults


def faults_of_references(thing, objects):
    faults = []
    for each in thing.get("relationships", []):
        faults += form(each, {"objectId": str, "qualifier": str})
        faults += (
            [] if each["objectId"] in objects else [f"{thing['id']} is related to {each['objectId']}, which is none"]
        )
    return faults


XES_VALUES = {"string": str, "date": dt.datetime.fromisoformat, "int": int, "float": float, "boolean": str, "id": str}
XES_ORDER = ("extension", "global", "classifier", *XES_VALUES, "trace", "event")


def faults_of_xes(text):
    """What is wrong with a text as XES (IEEE 1849-2016, 5): order of elements, attributes, globals, classifiers."""
    log = ElementTree.fromstring(text)
    faults = [] if log.tag == "log" else ["it is no log"]
    faults += [] if float(log.attrib["xes.version"]) == 1849.2016 else ["it is of another version"]
    tags = [each.tag for each in log]
    ranks = [3 if tag in XES_VALUES else XES_ORDER.index(tag) + 10 * (tag in ("trace", "event")) for tag in tags]
    faults += [] if ranks == sorted(ranks) else [f"order of elements: {list(dict.fromkeys(tags))}"]
    known = {each.attrib["prefix"] for each in log.findall("extension")}
    globals_ = {each.attrib["scope"]: {value.attrib["key"] for value in each} for each in log.findall("global")}
    for each in log.findall("classifier"):
        faults += [f"{key} is no global" for key in each.attrib["keys"].split() if key not in globals_["event"]]
    faults += faults_of_attributes([each for each in log if each.tag in XES_VALUES], known, set())
    for trace in log.findall("trace"):
        faults += faults_of_attributes([each for each in trace if each.tag != "event"], known, globals_["trace"])
        after = [each.tag for each in trace].index("event")
        faults += [] if {each.tag for each in trace[after:]} == {"event"} else ["an attribute behind the events"]
    for event in log.iter("event"):
        faults += faults_of_attributes(list(event), known, globals_["event"])
    return faults


def faults_of_attributes(attributes, prefixes, needed):
    """Attributes of one component: each key once, of a known extension, with a value of its type."""
    keys = [each.attrib["key"] for each in attributes]
    faults = [f"{key} is there twice" for key in keys if keys.count(key) > 1]
    faults += [f"{key} is missing" for key in needed if key not in keys]
    for each in attributes:
        prefix, colon, _ = each.attrib["key"].partition(":")
        faults += [f"no extension {prefix}"] if colon and prefix not in prefixes else []
        XES_VALUES[each.tag](each.attrib["value"])
    return faults
