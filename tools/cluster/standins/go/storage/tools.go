//go:build tools

// Package tools pins Rancher's local path provisioner so that `go build` takes it from go.sum.
package tools

import _ "github.com/rancher/local-path-provisioner"
