//go:build tools

// Package tools pins the Gateway API, whose definitions lie beside its code.
package tools

import _ "sigs.k8s.io/gateway-api/apis/v1"
