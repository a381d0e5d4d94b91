"""Random choices that are the same for the same seed with every release of Python."""

import random


class Dice:
    """Draws from one sequence; only `random()` is used, whose values Python promises to keep."""

    def __init__(self, seed):
        self.draw = random.Random(str(seed)).random

    def below(self, count):
        """A number from 0 to count - 1."""
        return int(self.draw() * count)

    def between(self, low, high):
        """A number from low to high."""
        return low + self.below(high - low + 1)

    def chance(self, percent):
        """True so many times out of a hundred."""
        return self.draw() * 100 < percent

    def pick(self, values):
        """One of the values."""
        return values[self.below(len(values))]

    def weighted(self, table):
        """One of the values of (weight, value) pairs, the heavier the more often."""
        point = self.draw() * sum(weight for weight, _ in table)
        for weight, value in table:
            point -= weight
            if point < 0:
                return value
        return table[-1][1]

    def text(self, alphabet, low, high):
        """Characters of an alphabet, from low to high of them."""
        return "".join(self.pick(alphabet) for _ in range(self.between(low, high)))
