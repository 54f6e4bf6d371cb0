"""Evidence: patterns that real communities show, and whether the model shows them.

``pattern`` says what a pattern is; ``gates``, ``published``, ``effects`` and ``ranges`` define them, ``table`` holds
them all; ``trials`` are the runs they are looked for in; ``judge`` gives the verdicts. Which patterns may guide the
choice of values (``fits``) is fixed in the definitions; all others are left untouched, to test the model with.
"""
