"""Mechanism 5: setups by family."""

from tests.trial import simulate

TWO = """
crews: {{fitters: {{skills: [fit], people: 1}}}}
stations: {{m: {{setup: {{{setup}}}}}}}
items:
  red: {{made-by: red, release: {{every: 50 s}}}}
  blue: {{made-by: blue, release: {{every: 60 s}}}}
routes:
  red: [{{op: x, station: m, time: 10 s, family: r}}]
  blue: [{{op: x, station: m, time: 10 s, family: b}}]
"""


def test_a_change_of_family_costs_its_setup_the_first_one_too():
    trial = simulate(TWO.format(setup="between-families: 5 s"), 139)
    # red 50: set up to 55, worked to 65. blue 60 waits: set up to 70, worked to 80. red 100: to 105, 115. blue 120.
    assert (trial.times("red"), trial.times("blue")) == ([65, 115], [80, 135])
    assert trial.stations["m"].setups == 4
    assert trial.states("m")["setup"] == 20


def test_the_same_family_needs_no_setup():
    trial = simulate(TWO.format(setup="between-families: 5 s").replace("family: b", "family: r"), 139)
    assert (trial.times("red"), trial.times("blue")) == ([65, 110], [75, 130])
    assert trial.stations["m"].setups == 1


def test_a_matrix_says_what_each_change_costs():
    trial = simulate(TWO.format(setup="matrix: {r: {b: 7 s}, b: {r: 2 s}}, first: 1 s"), 139)
    # red 50: 1 s, done 61; blue: 7 s, 68 to 78; red 100: 2 s, done 112; blue 120: 7 s, done 137.
    assert (trial.times("red"), trial.times("blue")) == ([61, 112], [78, 137])


def test_each_machine_remembers_its_own_family():
    document = TWO.format(setup="between-families: 5 s").replace("{m: {setup", "{m: {machines: 2, setup")
    trial = simulate(document, 139)
    # Machine 1 is set for red at 50 and busy until 65; machine 2 for blue at 60. At 100 machine 1, longest idle, gets
    # red,
    # at 120 machine 2 gets blue: no more setups.
    assert (trial.times("red"), trial.times("blue")) == ([65, 110], [75, 130])


def test_a_setup_may_need_people():
    # The only fitter is held for the setup, and the second machine waits for him.
    trial = simulate(
        """
        crews: {fitters: {skills: [fit], people: 1}}
        stations: {m: {machines: 2, setup: {between-families: 5 s, people: {fit: 1}}}}
        items: {red: {made-by: red, release: {every: 50 s, group: 2}}}
        routes: {red: [{op: x, station: m, time: 10 s}]}
        """,
        99,
    )
    assert trial.times("red") == [65, 70]
    assert trial.states("m")["waiting for people"] == 5


def test_a_machine_already_set_up_does_not_wait_for_fitters():
    # Machine 1 (idle longest) would need a setup to blue, and the fitter is away at n until 130; machine 2 is set for
    # blue.
    trial = simulate(
        """
        crews: {fitters: {skills: [fit], people: 1}}
        stations: {m: {machines: 2, setup: {between-families: 5 s, people: {fit: 1}}}, n: {}}
        items:
          red: {made-by: red, release: {every: 40 s}}
          blue: {made-by: blue, release: {every: 50 s}}
          other: {made-by: other, release: {every: 90 s}}
        routes:
          red: [{op: x, station: m, time: 10 s}]
          blue: [{op: x, station: m, time: 10 s}]
          other: [{op: x, station: n, time: 40 s, people: {fit: 1}}]
        """,
        115,
    )
    # red 40 (to 55), 80 (to 90); blue 50 (to 65), 100 (to 110, without a setup).
    assert (trial.times("red"), trial.times("blue")) == ([55, 90], [65, 110])
