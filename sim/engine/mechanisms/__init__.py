"""The mechanisms: one file each, with what it does in the morning, in a person's day and in the evening.

What a person does has one signature, ``(me, bonds, board, p, luck, tally)``: the person's row, their ties to the
voices, the notice board, the parameters of their arm, the key of their luck today, and the counts of their block. What
the morning and the evening do begins with ``(w, p, record)``: the world, the parameters that all share, the record of
the day.

A mechanism reads its own parameters and those of no other; what others may know of it, it writes on the board or among
``p.derived`` in the morning.
"""
