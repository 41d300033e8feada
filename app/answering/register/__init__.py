"""Answers from the register: figures, lists, counts, days of joining, developments, money, offices, offers.

question → what is asked (`asked`, by `app/data/asked.toml`) → rows (`statements`) → one finder a topic → a finding that
writes itself into the draft. Where the register is not sure, nothing is found and the sentences answer.
"""
