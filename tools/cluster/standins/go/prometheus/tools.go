//go:build tools

// Package tools pins Prometheus so that `go build` takes it from go.sum.
package tools

import _ "github.com/prometheus/prometheus/cmd/prometheus"
