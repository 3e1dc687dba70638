"""The memory, pure: the canonical form, the chain, commitments, keys, and the fold from entries to facts and ledger."""
