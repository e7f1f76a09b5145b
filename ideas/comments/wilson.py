"""What may be believed of a share of few presses: the lower end of Wilson's interval.

E. B. Wilson, "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22 (1927).
"""

from __future__ import annotations

import math

Z_90 = 1.6448536269514722


def lower_bound(yes: int, no: int, z: float = Z_90) -> float:
    """The lower end of the 90 % interval for the share of `yes`; 0 without presses."""
    n = yes + no
    if n == 0:
        return 0.0
    share = yes / n
    spread = z * math.sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    return (share + z * z / (2 * n) - spread) / (1 + z * z / n)
