//go:build tools

// Package actionlint only names what go.mod pins.
package actionlint

import _ "github.com/rhysd/actionlint/cmd/actionlint"
