"""The register of processing."""
