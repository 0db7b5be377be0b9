"""Unequal-probability samples of fixed size: inclusion probabilities, samplers, estimates.

All arithmetic is + - * / and comparison of IEEE 754 doubles in a stated order, without sums that a library may order
otherwise: so a draw is the same to the bit on every machine and in a browser.
"""

from zhunsheng.foundation.stats.sampling.conditional_poisson import conditional_poisson, working_odds
from zhunsheng.foundation.stats.sampling.estimates import (
    brewer_variance,
    hajek_mean,
    horvitz_thompson_total,
    horvitz_thompson_variance,
    yates_grundy_variance,
)
from zhunsheng.foundation.stats.sampling.inclusion import NotSampleable, inclusion_probabilities
from zhunsheng.foundation.stats.sampling.joint import conditional_poisson_joint, sampford_joint
from zhunsheng.foundation.stats.sampling.pivotal import random_pivotal
from zhunsheng.foundation.stats.sampling.sampford import sampford

__all__ = [
    "NotSampleable",
    "brewer_variance",
    "conditional_poisson",
    "conditional_poisson_joint",
    "hajek_mean",
    "horvitz_thompson_total",
    "horvitz_thompson_variance",
    "inclusion_probabilities",
    "random_pivotal",
    "sampford",
    "sampford_joint",
    "working_odds",
    "yates_grundy_variance",
]
