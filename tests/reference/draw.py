"""Random numbers that belong to decisions, by the book: Philox4x32-10 in whole numbers, inversion.

Source: Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

import math

# Which decision a number belongs to: the second word of the counter.
PRIOR, DATE, CAMPAIGN_AT_START = 1, 2, 3
CAMPAIGN, STRIKES, TARGET, MISS, PART = 10, 11, 12, 13, 14
STRIKE_DEATHS, LIGHT_LOST, MEDIUM_LOST, STRIKE_CIVILIANS, FAR = 15, 16, 17, 18, 19
POSTURE_REVIEW, MEN_POSTURE, ARMS_POSTURE, HQ_POSTURE, FLAG_REVIEW, FLAG = 30, 31, 32, 33, 34, 35
ALLEGIANCE_REVIEW, APPLICANT, PATRON = 40, 41, 42
MEETING, LEAVING = 50, 51
ATTACK, CHALLENGER, WIN, ORDER = 60, 61, 62, 63
CHALLENGER_DEATHS, HOLDER_DEATHS, CHALLENGER_SPREAD, HOLDER_SPREAD = 64, 65, 66, 67
BYSTANDERS = 68
DEPLOYMENT_REVIEW, DEPLOYMENT, CLAIM, CLAIM_WIN = 70, 71, 72, 73
CLAIM_DEATHS, CLAIM_SPREAD, DRIFT = 74, 75, 76
TRAVEL = 80
SERVICE, REPLENISH, OFFER = 90, 92, 93
FLIGHT, RETURN, EMIGRATION = 100, 101, 102
SIEGE_ATTACKS, SIEGE_DEATHS, SIEGE_CIVILIANS = 110, 111, 112

WORD = 2**32


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Ten rounds: multiply, swap halves, add the round's key."""
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        high_a, low_a = divmod(0xD2511F53 * a, WORD)
        high_c, low_c = divmod(0xCD9E8D57 * c, WORD)
        a, b, c, d = high_c ^ b ^ k, low_c, high_a ^ d ^ m, low_a
        k, m = (k + 0x9E3779B9) % WORD, (m + 0xBB67AE85) % WORD
    return a, b, c, d


def uniform(key: tuple[int, int], day: int, process: int, i: int, j: int) -> float:
    """One number in (0, 1) with 53 bits; a block holds two, for an even `j` and the next."""
    words = philox((day, process, i, j // 2), key)
    high, low = words[2:] if j % 2 else words[:2]
    u = ((high // 32) * 2**26 + low // 64 + 0.5) / 2**53
    return min(u, 1 - 2**-53)  # never rounded to 1


def gumbel(u: float) -> float:
    """Standard Gumbel: a maximum of many."""
    return -math.log(-math.log(u))


def logistic(x: float) -> float:
    """1 / (1 + e^-x)."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def poisson(u: float, mean: float) -> int:
    """The smallest n with ``P(N <= n) >= u``; what lies 12 sigmas below the mean is left out."""
    if mean <= 0:
        return 0
    n = max(0, int(mean - 12 * math.sqrt(mean)))
    chance = math.exp(n * math.log(mean) - mean - math.lgamma(n + 1))
    reached = chance
    while reached < u and (n <= mean or chance > 2**-53):
        n += 1
        chance *= mean / n
        reached += chance
    return n


def binomial(u: float, trials: int, share: float) -> int:
    """The smallest n with ``P(N <= n) >= u``; what lies 12 sigmas below the mean is left out."""
    if trials <= 0 or share <= 0:
        return 0
    if share >= 1:
        return trials
    mean = trials * share
    n = max(0, int(mean - 12 * math.sqrt(mean * (1 - share))))
    chance = math.exp(
        math.lgamma(trials + 1)
        - math.lgamma(n + 1)
        - math.lgamma(trials - n + 1)
        + n * math.log(share)
        + (trials - n) * math.log1p(-share)
    )
    reached = chance
    while reached < u and n < trials and (n <= mean or chance > 2**-53):
        chance *= (trials - n) / (n + 1) * share / (1 - share)
        n += 1
        reached += chance
    return n
