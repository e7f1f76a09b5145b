"""Many more ideas in bulk, with votes and comments, consistent with every count that the town keeps."""
from __future__ import annotations
