"""The verbs of the statute, by chapter. Pure: a situation and answers go in, an outcome or a refusal comes out."""
