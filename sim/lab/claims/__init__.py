"""Claims: what strategists believe, each an experiment on plans with a measured effect.

``definition`` says what a claim is; ``files`` reads one from YAML (shipped ones lie in ``claims/``); ``play`` lives its
arms, each life once for all claims that have it; ``relations`` makes the effect of the outcomes, ``judge`` the verdict
and the label; ``missing`` lists the claims that have no file, with what the model lacks for them.
"""
