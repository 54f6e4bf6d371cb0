"""How days pass: ``sweep`` (compiled, all rows) and ``walk`` (plain Python, Mesa agents). They agree bit for bit."""
