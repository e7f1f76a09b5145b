"""Ask whether a locked package has a known hole; what could not be asked is said, and stops nobody."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

PATIENCE_S = 120


def main() -> int:
    """Exit 1 only when holes were found: a list that cannot be reached proves nothing."""
    lock = sys.argv[1]
    packages = _asked(lock)
    unknown = [package for package in packages if "skip_reason" in package]
    holes = [f"{p['name']} {p['version']}: {vuln['id']}" for p in packages for vuln in p.get("vulns", [])]
    for hole in holes:
        print(hole)
    answered = len(packages) - len(unknown)
    warning = "" if answered and not unknown else "Warning: not every package could be asked about. "
    print(f"{warning}{answered} packages of {lock} were asked about, {len(holes)} holes are known.")
    return 1 if holes else 0


def _asked(lock: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package; nothing at all without a network."""
    command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--format=json"]
    command += ["--progress-spinner=off", "--requirement", lock]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return []
    return packages


if __name__ == "__main__":
    sys.exit(main())
