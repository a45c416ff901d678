"""``tkt index``: the cache that makes reading fast."""
