"""The `local` provider: processes on this machine as Pulumi resources."""
