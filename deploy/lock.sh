#!/bin/sh
# Compile the locks again from pyproject.toml: exact versions and hashes, for every supported Python and
# platform, without the address of any package index. Needs uv; pass --upgrade to take newer releases.
set -eu
cd "$(dirname "$0")/.."

compile() {
    lock=$1
    shift
    uv pip compile pyproject.toml --output-file "requirements/$lock.txt" --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet "$@"
}

# The order matters: each set takes the versions that the one before it settled.
compile core "$@"
compile scale --extra scale --constraints requirements/core.txt "$@"
compile dev --extra scale --extra test --extra tools --constraints requirements/scale.txt "$@"
