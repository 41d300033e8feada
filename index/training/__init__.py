"""Trains the embedding that this project ships: `python -m index.training --data FOLDER --out FOLDER`.

    corpus       laws and regulations as sections of sentences, some of them held out
    vocabulary   a tokenizer of German morphemes
    meanings     wordings of one meaning, from lists of this project
    numbered     the same texts as numbers of tokens
    pairs        batches of texts that belong together
    teacher      what a larger model makes of words, headings, questions and sentences
    beginning    first vectors, fitted to the teacher
    learning     contrastive training with sentence-transformers
    export       a folder that model2vec and sentence-transformers both load

Needs the extra `training`; nothing at run time imports it.
"""
