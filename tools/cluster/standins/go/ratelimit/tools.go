//go:build tools

// Package tools pins Envoy's rate limit service so that `go build` takes it from go.sum.
package tools

import _ "github.com/envoyproxy/ratelimit/src/service_cmd"
