"""Who the customers are: their files, what they ordered, and the tags that follow from it."""
