"""What all tests share: hypothesis looks for the same examples every time, so that a red test stays red."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sim.model.warm import warm

settings.register_profile("steady", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("search", deadline=None, max_examples=1000)  # pytest --hypothesis-profile=search
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=15)  # for tests of mutants
settings.load_profile("steady")


@pytest.fixture
def special() -> Iterator[list[str]]:
    """A pipe, a socket and a device: what is no file, and may never end."""
    with tempfile.TemporaryDirectory() as made, socket.socket(socket.AF_UNIX) as opened:
        folder = Path(made).resolve()
        os.mkfifo(folder / "pipe")
        opened.bind(f"{folder}/socket")
        yield [f"{folder}/pipe", f"{folder}/socket", "/dev/zero"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Compile once, before several workers would each do it."""
    warm()


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells start jobs in the background deaf to Ctrl-C, and the commands that tests interrupt would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
