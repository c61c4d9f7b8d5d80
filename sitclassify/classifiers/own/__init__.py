"""Classifiers of one's own: read labelled texts, train, judge, publish."""
