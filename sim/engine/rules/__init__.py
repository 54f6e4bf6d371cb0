"""The rules: paragraphs of theory, floats in, float out. No arrays, no randomness, no agents.

================  ====================================================================
interests         how well a topic fits a person
attention         who comes, what is read, when it becomes too much
content           saturation, habituation, tone
expectation       expectation against experience
ties              growth, decay, tiers with hysteresis
joining           from hearing to joining
motivation        inner motivation and pay
energy            a KOL's energy
service           operators' hours
purchase          buying, using, selling fatigue
reputation        what is said, and who hears it
platform          doing as others do
leaving           who leaves
rocket            when a stage ignites
================  ====================================================================
"""
