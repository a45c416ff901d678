"""The knowledge base as the desk holds it: finding articles, and keeping them."""
