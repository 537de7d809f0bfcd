"""Tiny plants, lowered."""

import pytest

from plantwright.compile import lower
from plantwright.model.plant import Plant


@pytest.fixture
def plant():
    """Builds a plant of one item ``part``, made by one operation at station ``m``; sections replaced at will."""

    def build(**sections):
        written = {
            "name": "tiny",
            "stations": {"m": {}},
            "items": {"part": {"made-by": "part", "release": {"saturated": True}}},
            "routes": {"part": [{"op": "work", "station": "m", "time": "1 s"}]},
        }
        return Plant.model_validate({**written, **sections})

    return build


@pytest.fixture
def lowered(plant):
    """Lowers such a plant: the problem. Modes and caps are given as ``mode`` and ``conwip``."""

    def build(mode="as-written", until_s=86_400.0, conwip=None, **sections):
        return lower(plant(**sections), mode=mode, until_s=until_s, conwip=conwip)

    return build


@pytest.fixture
def routed(lowered):
    """Lowers a plant with this route of ``part``; operations take 1 s at station ``m`` unless they say otherwise."""

    def build(*operations, **sections):
        route = [
            {"station": "m", **operation}
            if {"time", "attended", "work"} & operation.keys()
            else {"station": "m", "time": "1 s", **operation}
            for operation in operations
        ]
        return lowered(routes={"part": route}, **sections)

    return build
