"""Other models than the shipped one, by name or folder: where they lie, how they are called, how they are fetched.

folders     finds a model among the folders of this machine and says what it is; never downloads
prompts     the words that an embedding wants before questions and passages
neural      the embedding and the reranker that run them, loaded with the first text
fetch       the only place that downloads: `auskunft models get`
"""
