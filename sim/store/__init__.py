"""Result folders on disk: written whole or not at all, with tables that say where they come from."""

from __future__ import annotations

from sim.store.folder import find, new_folder, write_file
from sim.store.manifest import Manifest, canonical_json, fingerprint
from sim.store.tables import digest, read_table, write_table

__all__ = [
    "Manifest",
    "canonical_json",
    "digest",
    "find",
    "fingerprint",
    "new_folder",
    "read_table",
    "write_file",
    "write_table",
]
