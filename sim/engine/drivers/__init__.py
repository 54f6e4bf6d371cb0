"""How days pass: ``sweep`` (compiled, all rows), ``batch`` (the same for many small runs) and ``walk`` (plain Python).

They agree bit for bit.
"""
