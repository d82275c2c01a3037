//go:build tools

// Package tools pins BuildKit's client so that `go build` takes it from go.sum.
package tools

import _ "github.com/moby/buildkit/cmd/buildctl"
