"""Result folders on disk: written whole or not at all, with tables that say where they come from."""

from __future__ import annotations

from sim.lab.store.folder import find, new_folder, write_file
from sim.lab.store.manifest import FormatError, Manifest, canonical_json, fingerprint
from sim.lab.store.tables import digest, read_table, write_table

__all__ = [
    "FormatError",
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
