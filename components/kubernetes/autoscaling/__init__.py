"""What changes the number of replicas: by queue and KV cache, never by processor use."""

from components.kubernetes.autoscaling.manifests import manifests as manifests
