"""The four plants in Cimba: a process for each machine, a store for each queue, compiled."""

from __future__ import annotations

from typing import Any

import cimba as cb
from cimba.inputs import dist
from timed import Found, Model, main

FOREVER = cb.Window(warmup=0, duration=1e12)
"""Every plant ends itself when enough parts are out."""


class Queue(cb.Model):
    """a: arrivals and one machine."""

    parts: cb.Param[int] = 0
    gap: cb.Input[float] = dist.exponential(mean=1 / 0.9)
    work: cb.Input[float] = dist.exponential(mean=1.0)
    waiting: cb.Store[float]
    mean_s: cb.Output[float]

    @cb.process
    def arrivals(self):
        for _ in range(self.parts):
            cb.hold(self.gap.next())
            self.waiting.put(cb.now())

    @cb.process
    def machine(self):
        total = 0.0
        for _ in range(self.parts):
            came = self.waiting.get()
            cb.hold(self.work.next())
            total += cb.now() - came
        self.mean_s = total / self.parts
        cb.end_trial()


class First(cb.Model):
    """A machine that is never short of work."""

    time: cb.Input[float] = dist.exponential(mean=1.0)
    following: cb.Store[int]
    completions: cb.Output[int]

    @cb.process
    def run(self):
        done = 0
        while True:
            cb.hold(self.time.next())
            done += 1
            self.completions = done
            self.following.put(1)


class Middle(cb.Model):
    """A machine between two queues; the second is its own."""

    time: cb.Input[float] = dist.exponential(mean=1.0)
    queue: cb.Ref[cb.Store[int]]
    following: cb.Store[int]
    completions: cb.Output[int]

    @cb.process
    def run(self):
        done = 0
        while True:
            part = self.queue.get()
            cb.hold(self.time.next())
            done += 1
            self.completions = done
            self.following.put(part)


class Last(cb.Model):
    """A machine that is never blocked; it counts, and ends the run."""

    time: cb.Input[float] = dist.exponential(mean=1.0)
    parts: cb.Param[int] = 0
    warmup: cb.Param[int] = 0
    queue: cb.Ref[cb.Store[int]]
    completions: cb.Output[int]
    began: cb.Output[float]
    ended: cb.Output[float]

    @cb.process
    def run(self):
        done = 0
        while True:
            self.queue.get()
            cb.hold(self.time.next())
            done += 1
            if done == self.warmup:
                self.began = cb.now()
            if done == self.warmup + self.parts:
                self.completions = done
                self.ended = cb.now()
                cb.end_trial()


class Failing(cb.Model):
    """c: a machine that fails by the clock; a failure takes it away from its work, which then goes on."""

    first: cb.Param[bool] = False
    last: cb.Param[bool] = False
    parts: cb.Param[int] = 0
    warmup: cb.Param[int] = 0
    uptime: cb.Input[float] = dist.exponential(mean=100.0)
    repair: cb.Input[float] = dist.exponential(mean=10.0)
    queue: cb.Ref[cb.Store[int]]
    following: cb.Store[int]
    itself: cb.Resource
    completions: cb.Output[int]
    began: cb.Output[float]
    ended: cb.Output[float]

    @cb.process
    def run(self):
        done = 0
        while True:
            part = 1
            if not self.first:
                part = self.queue.get()
            left = 1.0
            while left > 0.0:
                self.itself.acquire()
                start = cb.now()
                if cb.hold(left) == 0:
                    self.itself.release()
                    left = 0.0
                else:
                    left -= cb.now() - start
            done += 1
            self.completions = done
            if not self.last:
                self.following.put(part)
            elif done == self.warmup:
                self.began = cb.now()
            elif done == self.warmup + self.parts:
                self.ended = cb.now()
                cb.end_trial()

    @cb.process(priority=1)
    def fail(self):
        while True:
            cb.hold(self.uptime.next())
            self.itself.preempt()
            cb.hold(self.repair.next())
            self.itself.release()


class Line(cb.Model):
    """b: the machines of a line."""

    first: First
    middle: list[Middle]
    last: Last

    def __init__(self, parts: int) -> None:
        self.first, self.middle, self.last = First(), [Middle() for _ in range(8)], Last()
        self.first.following = cb.Store(capacity=5)
        before = self.first.following
        for machine in self.middle:
            machine.queue, machine.following = before, cb.Store(capacity=5)
            before = machine.following
        self.last.queue, self.last.parts, self.last.warmup = before, parts, parts // 10

    @property
    def machines(self) -> list[cb.Model]:
        return [self.first, *self.middle, self.last]


class FailingLine(cb.Model):
    """c: the machines of a line that fails."""

    machines: list[Failing]

    def __init__(self, parts: int) -> None:
        machines = [Failing() for _ in range(10)]
        for number, machine in enumerate(machines):
            machine.first, machine.last = number == 0, number == 9
            machine.parts, machine.warmup = parts, parts // 10
            machine.following = cb.Store(capacity=10)
            machine.queue = machines[max(0, number - 1)].following
        self.machines = machines


class Assembly(cb.Model):
    """d: what comes after the feeders."""

    parts: cb.Param[int] = 0
    warmup: cb.Param[int] = 0
    join: cb.Input[float] = dist.exponential(mean=0.8)
    check: cb.Input[float] = dist.exponential(mean=0.5)
    mend: cb.Input[float] = dist.exponential(mean=2.0)
    chance: cb.Input[float] = dist.uniform(low=0.0, high=1.0)
    one: cb.Ref[cb.Store[int]]
    two: cb.Ref[cb.Store[int]]
    three: cb.Ref[cb.Store[int]]
    ones: cb.Output[int]
    twos: cb.Output[int]
    threes: cb.Output[int]
    all_there: cb.Condition
    to_test: cb.Store[int]
    to_rework: cb.Store[int]
    joined: cb.Output[int]
    tested: cb.Output[int]
    mended: cb.Output[int]
    began: cb.Output[float]
    ended: cb.Output[float]

    @cb.predicate
    def kit(self):
        return self.ones > 0 and self.twos > 0 and self.threes > 0

    @cb.process
    def assemble(self):
        while True:
            if not (self.ones > 0 and self.twos > 0 and self.threes > 0):
                self.all_there.wait_until(self.kit)
            self.ones -= 1
            self.twos -= 1
            self.threes -= 1
            part = self.one.get() + self.two.get() + self.three.get()
            cb.hold(self.join.next())
            self.joined += 1
            self.to_test.put(part)

    @cb.process
    def test(self):
        good = 0
        while True:
            part = self.to_test.get()
            cb.hold(self.check.next())
            self.tested += 1
            if self.chance.next() < 0.05:
                self.to_rework.put(part)
            else:
                good += 1
                if good == self.warmup:
                    self.began = cb.now()
                if good == self.warmup + self.parts:
                    self.ended = cb.now()
                    cb.end_trial()

    @cb.process
    def rework(self):
        while True:
            part = self.to_rework.get()
            cb.hold(self.mend.next())
            self.mended += 1
            self.to_test.put(part)


class Shelver(cb.Model):
    """d: the last machine of a feeder; it counts what lies on its shelf and tells the assembly."""

    number: cb.Param[int] = 0
    time: cb.Input[float] = dist.exponential(mean=0.8)
    queue: cb.Ref[cb.Store[int]]
    following: cb.Store[int]
    assembly: cb.Ref[Assembly]
    completions: cb.Output[int]

    @cb.process
    def run(self):
        done = 0
        while True:
            part = self.queue.get()
            cb.hold(self.time.next())
            done += 1
            self.completions = done
            self.following.put(part)
            if self.number == 0:
                self.assembly.ones += 1
            elif self.number == 1:
                self.assembly.twos += 1
            else:
                self.assembly.threes += 1
            self.assembly.all_there.signal()


class Feeders(cb.Model):
    """d: everything."""

    first: list[First]
    second: list[Middle]
    third: list[Shelver]
    assembly: Assembly

    def __init__(self, parts: int) -> None:
        self.first, self.second = [First() for _ in range(3)], [Middle() for _ in range(3)]
        self.third, self.assembly = [Shelver() for _ in range(3)], Assembly()
        for number, (first, second, third) in enumerate(zip(self.first, self.second, self.third, strict=True)):
            for machine in (first, second, third):
                machine.time, machine.following = dist.exponential(mean=0.8), cb.Store(capacity=5)
            second.queue, third.queue = first.following, second.following
            third.number, third.assembly = number, self.assembly
        after = self.assembly
        after.one, after.two, after.three = (machine.following for machine in self.third)
        after.to_test, after.parts, after.warmup = cb.Store(capacity=5), parts, parts // 10

    @property
    def machines(self) -> list[cb.Model]:
        return [*self.first, *self.second, *self.third]


def run(model: cb.Model, seed: int) -> Any:
    """Every output of a plant, by its part and its name."""
    found = cb.Experiment(model, replications=1, window=FOREVER, seed=seed).run()
    return lambda part, name: float(getattr(found[part], name).values.item())


def a(parts: int, seed: int) -> Found:
    plant = Queue()
    plant.parts = parts
    return Found(parts, run(plant, seed)(plant, "mean_s"))


def of_line(plant: Line | FailingLine, last: Last | Failing, parts: int, seed: int) -> Found:
    output = run(plant, seed)
    completions = sum(output(machine, "completions") for machine in plant.machines)
    return Found(round(completions), parts / (output(last, "ended") - output(last, "began")))


def b(parts: int, seed: int) -> Found:
    plant = Line(parts)
    return of_line(plant, plant.last, parts, seed)


def c(parts: int, seed: int) -> Found:
    plant = FailingLine(parts)
    return of_line(plant, plant.machines[-1], parts, seed)


def d(parts: int, seed: int) -> Found:
    plant = Feeders(parts)
    output, after = run(plant, seed), plant.assembly
    completions = sum(output(machine, "completions") for machine in plant.machines)
    completions += sum(output(after, name) for name in ("joined", "tested", "mended"))
    return Found(round(completions), parts / (output(after, "ended") - output(after, "began")))


def compile_it(model: Model) -> None:
    """Cimba compiles the classes of a plant when it runs for the first time in a process."""
    model(100, 1)


if __name__ == "__main__":
    main("cimba", {"a": a, "b": b, "c": c, "d": d}, prepare=compile_it)
