from .sample import answer, plant


def test_sample_builds():
    assert plant().stations and answer().capacity
