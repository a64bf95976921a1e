"""Monitoring: what the app counts and times, as Prometheus' text and as log records.

Labels and records name routes, roles and outcomes: never paths, questions or texts of articles.
"""

from .assistant import ObservedAssistant
from .log_format import JsonFormatter
from .metrics import Metrics
from .monitoring import LogRequests, Monitoring
from .route import METRICS_PATH, MetricsAccess, metrics_endpoint

__all__ = [
    "METRICS_PATH",
    "JsonFormatter",
    "LogRequests",
    "Metrics",
    "MetricsAccess",
    "Monitoring",
    "ObservedAssistant",
    "metrics_endpoint",
]
