"""Second source for RecommenderTests: the item kNN of the research note in numpy, dense.

Prints similarities and scores of an invented shop that the test makes from the same generator.
"""

import numpy as np

CUSTOMERS, ITEMS, DAMPING = 40, 9, 10.0
state = 20260310
X = np.zeros((CUSTOMERS, ITEMS))
for c in range(CUSTOMERS):
    for i in range(ITEMS):
        state = (state * 1103515245 + 12345) % 2**31
        r = (state >> 16) % 10
        X[c, i] = 1.0 if r < 3 else 0.25 if r < 5 else 0.0
count = (X > 0).sum(axis=1, keepdims=True)
D = np.divide(X, np.sqrt(count), out=np.zeros_like(X), where=count > 0)
norms = np.linalg.norm(D, axis=0)
S = (D.T @ D) / (np.outer(norms, norms) + DAMPING)
np.fill_diagonal(S, 0)
share = (X > 0).sum(axis=0) / (count > 0).sum()
scores = X @ S + 0.02 * share
print("similarities of item 0:", [round(v, 12) for v in S[0]])
for c in (0, 7, 23):
    print("scores of customer", c, [round(v, 12) for v in scores[c]])
