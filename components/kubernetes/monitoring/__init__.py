"""What Prometheus and Grafana get: monitors, rules, alerts and a dashboard, all from the specs."""

from components.kubernetes.monitoring.manifests import manifests as manifests
