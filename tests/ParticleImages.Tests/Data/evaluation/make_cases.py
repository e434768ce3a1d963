"""Makes cases.json: scored events with what scikit-learn 1.2 and plain definitions make of them.

Run with Python 3, numpy 1.24 and scikit-learn 1.2. Thresholds' first entry is left out: it stands for "nothing passes"
and scikit-learn has changed its value. DeLong's variance and the two readings of the curve are written out here from
their definitions, pair by pair, so that they share nothing with the ranks and searches of the library.
"""

import json
import pathlib

import numpy as np
from sklearn import metrics


def delong_standard_error(scores, labels):
    """O(n^2): the kernel of every signal-background pair, its row and column means, their sample variances."""
    signal, background = scores[labels == 1], scores[labels == 0]
    if len(signal) < 2 or len(background) < 2:
        return None
    pairs = np.array([[1.0 if s > b else 0.5 if s == b else 0.0 for b in background] for s in signal])
    of_signal, of_background = pairs.mean(axis=1), pairs.mean(axis=0)
    return float(np.sqrt(of_signal.var(ddof=1) / len(signal) + of_background.var(ddof=1) / len(background)))


def background_at(fpr, tpr, wanted):
    """The least background on the line through the points at this signal efficiency: every segment is looked at."""
    found = []
    for x0, y0, x1, y1 in zip(fpr, tpr, fpr[1:], tpr[1:]):
        if y0 <= wanted <= y1:
            found.append(x0 if y0 == y1 or wanted == y0 else x0 + (wanted - y0) / (y1 - y0) * (x1 - x0))
    return float(min(found))


def signal_at(fpr, tpr, wanted):
    """The most signal on the line through the points at this background efficiency."""
    found = []
    for x0, y0, x1, y1 in zip(fpr, tpr, fpr[1:], tpr[1:]):
        if x0 <= wanted <= x1:
            found.append(y1 if x0 == x1 or wanted == x1 else y0 + (wanted - x0) / (x1 - x0) * (y1 - y0))
    return float(max(found))


def case(name, scores, labels):
    scores, labels = np.asarray(scores, dtype=float), np.asarray(labels, dtype=int)
    fpr, tpr, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
    called = (scores >= 0.5).astype(int)
    (tn, fp), (fn, tp) = metrics.confusion_matrix(labels, called, labels=[0, 1])
    efficiencies = [0.0, 0.1, 0.25, 0.5, 0.8, 0.95, 1.0]
    return {
        "name": name,
        "scores": scores.tolist(),
        "labels": labels.tolist(),
        "background_efficiency": fpr.tolist(),
        "signal_efficiency": tpr.tolist(),
        "thresholds": thresholds[1:].tolist(),
        "area": float(metrics.roc_auc_score(labels, scores)),
        "standard_error": delong_standard_error(scores, labels),
        "efficiencies": efficiencies,
        "background_at": [background_at(fpr, tpr, e) for e in efficiencies],
        "signal_at": [signal_at(fpr, tpr, e) for e in efficiencies],
        "confusion": [int(tp), int(fp), int(tn), int(fn)],
        "accuracy": float(metrics.accuracy_score(labels, called)),
        "recall": float(metrics.recall_score(labels, called)),
        "precision": float(metrics.precision_score(labels, called)) if tp + fp else None,
        "log_loss": float(metrics.log_loss(labels, scores, eps=1e-7)),
    }


def logistic(values):
    return 1 / (1 + np.exp(-values))


rng = np.random.default_rng(1337)
labels = rng.integers(0, 2, 400)
separated = logistic(rng.normal(size=400) + 1.1 * (labels - 0.5))
rare = (rng.permutation(1000) < 20).astype(int)
confident = np.float32(logistic(12 * (rng.normal(size=300) + 2 * (rng.integers(0, 2, 300) - 0.5))))

cases = [
    case("overlapping", separated, labels),
    case("heavy ties", np.round(separated, 1), labels),
    case("two scores only", (separated > 0.4).astype(float), labels),
    case("rare signal", logistic(rng.normal(size=1000) + 2 * (rare - 0.5)), rare),
    case("rare background with ties", np.round(logistic(rng.normal(size=1000) - 2 * (rare - 0.5)), 2), 1 - rare),
    case("saturated float32", confident, rng.integers(0, 2, 300)),
    case("perfect", [0.1, 0.2, 0.3, 0.7, 0.8, 0.9], [0, 0, 0, 1, 1, 1]),
    case("inverted", [0.9, 0.8, 0.7, 0.3, 0.2, 0.1], [0, 0, 0, 1, 1, 1]),
    case("all tied", [0.5] * 7, [0, 1, 0, 1, 1, 0, 1]),
    case("two events", [0.25, 0.75], [0, 1]),
    case("three events", [0.25, 0.75, 0.75], [0, 1, 0]),
    case("nothing called signal", [0.1, 0.3, 0.2, 0.4], [0, 1, 1, 0]),
]
text = json.dumps(cases).replace('}, {"name"', '},\n{"name"')
pathlib.Path(__file__).with_name("cases.json").write_text(text + "\n", encoding="utf-8", newline="\n")
