"""``tkt customer``: who the customers are, what they ordered, which tags they have."""
