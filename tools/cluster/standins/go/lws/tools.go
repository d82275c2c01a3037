//go:build tools

// Package tools pins LeaderWorkerSet's controller so that `go build` takes it from go.sum.
package tools

import _ "sigs.k8s.io/lws/cmd"
