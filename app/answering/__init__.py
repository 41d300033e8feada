"""From a question to a cited answer, without a language model.

question → understanding → candidates (sentences) → decision → composition → verification
"""
