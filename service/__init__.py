"""Finecut drafts and edits film reviews: the model proposes, the checks decide."""
