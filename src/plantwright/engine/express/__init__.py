"""The express loop: what the engine does with events as long as the whole plant is plain.

Most of what ``engine.kernel`` does at an event is to ask: is the machine down, is anybody else waiting, is there a
crew, a batch, a plan? In a plant where the answer is always no (``fitness``), they are asked once for many events. What
is needed of a station, its queue and its machine then stands side by side in one record (``posts``); events have fixed
places (``timetable``); and most counters are not kept at all, because they follow from others: how often an operation
has ended from how often it has begun, how long a machine has been busy from how long it has not (``reckoning``).

``loop.run`` takes the world at rest and leaves it at rest, exactly as the agenda would have left it after the same
events. So it may end after any of them, and where it meets what it does not know (room for more parts has to be made, a
circle of blocked parts may have closed) it ends, and the agenda finds out.
"""
