"""The four plants in SimPy: a process for each machine, a store for each queue."""

from __future__ import annotations

from collections.abc import Generator
from random import Random
from typing import Any

import simpy
from timed import Found, main

Process = Generator[simpy.Event, Any, None]


class Count:
    """Completions at all stations, and the output from the end of the warm-up on."""

    def __init__(self, env: simpy.Environment, parts: int) -> None:
        self.env, self.warmup, self.parts = env, parts // 10, parts
        self.completions = self.out = 0
        self.began = 0.0
        self.over = env.event()

    def one_out(self) -> None:
        self.out += 1
        if self.out == self.warmup:
            self.began = self.env.now
        elif self.out == self.warmup + self.parts:
            self.over.succeed()

    def found(self) -> Found:
        self.env.run(self.over)
        return Found(self.completions, self.parts / (self.env.now - self.began))


def a(parts: int, seed: int) -> Found:
    """A process for each customer, as in SimPy's own examples."""
    draw, env = Random(seed).expovariate, simpy.Environment()
    machine = simpy.Resource(env)
    spent: list[float] = []
    over = env.event()

    def customer() -> Process:
        came = env.now
        with machine.request() as turn:
            yield turn
            yield env.timeout(draw(1.0))
        spent.append(env.now - came)
        if len(spent) == parts:
            over.succeed()

    def arrivals() -> Process:
        for _ in range(parts):
            yield env.timeout(draw(0.9))
            env.process(customer())

    env.process(arrivals())
    env.run(over)
    return Found(parts, sum(spent) / parts)


def a_lean(parts: int, seed: int) -> Found:
    """The same with two processes and a store: the fewest events that SimPy can do it with."""
    draw, env = Random(seed).expovariate, simpy.Environment()
    queue = simpy.Store(env)
    spent: list[float] = []

    def arrivals() -> Process:
        for _ in range(parts):
            yield env.timeout(draw(0.9))
            queue.put(env.now)

    def machine() -> Process:
        for _ in range(parts):
            came = yield queue.get()
            yield env.timeout(draw(1.0))
            spent.append(env.now - came)

    env.process(arrivals())
    env.run(env.process(machine()))
    return Found(parts, sum(spent) / parts)


def b(parts: int, seed: int) -> Found:
    draw, env = Random(seed).expovariate, simpy.Environment()
    count = Count(env, parts)
    queues = [simpy.Store(env, 5) for _ in range(9)]

    def machine(number: int) -> Process:
        while True:
            if number > 0:
                yield queues[number - 1].get()
            yield env.timeout(draw(1.0))
            count.completions += 1
            if number < 9:
                yield queues[number].put(1)
            else:
                count.one_out()

    for number in range(10):
        env.process(machine(number))
    return count.found()


class Breakable:
    """A machine that fails by the clock; what it works on is interrupted and goes on after the repair."""

    def __init__(self, env: simpy.Environment, draw: Any) -> None:
        self.env, self.draw = env, draw
        self.repaired: simpy.Event | None = None
        self.worker: simpy.Process | None = None
        env.process(self.fail())

    def work(self, left: float) -> Process:
        while left > 0.0:
            if self.repaired is not None:
                yield self.repaired
            began = self.env.now
            self.worker = self.env.active_process
            try:
                yield self.env.timeout(left)
                left = 0.0
            except simpy.Interrupt:
                left -= self.env.now - began
            self.worker = None

    def fail(self) -> Process:
        while True:
            yield self.env.timeout(self.draw(1 / 100))
            self.repaired = self.env.event()
            if self.worker is not None:
                self.worker.interrupt()
            yield self.env.timeout(self.draw(1 / 10))
            self.repaired.succeed()
            self.repaired = None


def c(parts: int, seed: int) -> Found:
    draw, env = Random(seed).expovariate, simpy.Environment()
    count = Count(env, parts)
    queues = [simpy.Store(env, 10) for _ in range(9)]

    def machine(number: int) -> Process:
        itself = Breakable(env, draw)
        while True:
            if number > 0:
                yield queues[number - 1].get()
            yield from itself.work(1.0)
            count.completions += 1
            if number < 9:
                yield queues[number].put(1)
            else:
                count.one_out()

    for number in range(10):
        env.process(machine(number))
    return count.found()


class Feeders:
    """d: three feeders with a shelf each, an assembly, a test and a bench for rework."""

    def __init__(self, parts: int, seed: int) -> None:
        self.random, self.env = Random(seed), simpy.Environment()
        self.count = Count(self.env, parts)
        self.shelves = [simpy.Store(self.env, 5) for _ in range(3)]
        self.filled: list[simpy.Event | None] = [None] * 3
        self.to_test, self.to_rework = simpy.Store(self.env, 5), simpy.Store(self.env)
        for number in range(3):
            first, second = simpy.Store(self.env, 5), simpy.Store(self.env, 5)
            self.env.process(self.first(first))
            self.env.process(self.between(first, second, 0.8))
            self.env.process(self.last_of_feeder(second, number))
        self.env.process(self.assembly())
        self.env.process(self.test())
        self.env.process(self.between(self.to_rework, self.to_test, 2.0))

    def work(self, mean: float) -> simpy.Event:
        return self.env.timeout(self.random.expovariate(1 / mean))

    def first(self, target: simpy.Store) -> Process:
        while True:
            yield self.work(0.8)
            self.count.completions += 1
            yield target.put(1)

    def between(self, source: simpy.Store, target: simpy.Store, mean: float) -> Process:
        while True:
            yield source.get()
            yield self.work(mean)
            self.count.completions += 1
            yield target.put(1)

    def last_of_feeder(self, source: simpy.Store, number: int) -> Process:
        while True:
            yield source.get()
            yield self.work(0.8)
            self.count.completions += 1
            yield self.shelves[number].put(1)
            waiting, self.filled[number] = self.filled[number], None
            if waiting is not None:
                waiting.succeed()

    def assembly(self) -> Process:
        while True:
            for number, shelf in enumerate(self.shelves):  # nobody else takes from them: what is there stays
                if not shelf.items:
                    waiting = self.filled[number] = self.env.event()
                    yield waiting
            for shelf in self.shelves:
                yield shelf.get()
            yield self.work(0.8)
            self.count.completions += 1
            yield self.to_test.put(1)

    def test(self) -> Process:
        while True:
            yield self.to_test.get()
            yield self.work(0.5)
            self.count.completions += 1
            if self.random.random() < 0.05:
                yield self.to_rework.put(1)
            else:
                self.count.one_out()


def d(parts: int, seed: int) -> Found:
    return Feeders(parts, seed).count.found()


if __name__ == "__main__":
    main("simpy", {"a": a, "a_lean": a_lean, "b": b, "c": c, "d": d})
