"""What all tests share: hypothesis looks for the same examples every time, so that a red test stays red."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=1000)  # pytest --hypothesis-profile=search
settings.load_profile("steady")
