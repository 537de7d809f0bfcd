"""Plantwright against other simulators: ``make bench-peers``.

The same four plants, written for each tool the way its own documentation would:

a  One machine, exponential times of mean 1 s, exponential arrivals at 0.9 a second.
b  Ten machines in line, exponential times of mean 1 s, room for five parts before each but the first; the first is
   never short of work, the last never blocked; a finished part stays on its machine until there is room.
c  The same with constant times of 1 s and room for ten; each machine fails by the clock (exponential, after 100 s on
   average, for 10 s), and work goes on where it stopped.
d  Three feeders of three machines (0.8 s, room for five), an assembly of one piece of each (0.8 s, takes its kit whole
   when it starts, shelves for five), a test (0.5 s, room for five) that rejects 5 %, and a bench (2 s, unlimited room)
   from which rejected parts return to the test.

How they are timed
------------------
One process for each run, the tools in turn within each repeat, so that whatever else the machine does meets all of them
alike. The time is that of building the plant (reading and lowering the document included) and running it; importing the
tool and compiling are left out and reported. A tenth of the parts is warm-up (none in a). The rate is that of the best
repeat, in completions of a part at a station per second: the same work in every tool, whatever its events are. Times
are of the wall clock where the machine is quiet, and of the processor where it has more to do than it has cores; each
row says which. Every repeat has its own random numbers, and the tools' results have to agree.

Files: ``a.yaml`` to ``d.yaml`` and ``with_plantwright.py``, ``with_simpy.py``, ``with_cimba.py`` are the plants;
``timed.py`` is what the programs have in common; ``environments`` makes an environment for each peer; ``compare`` runs.
"""
