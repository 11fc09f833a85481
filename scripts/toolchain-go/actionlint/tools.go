//go:build tools

// Package tools names what this module is for, so that go.mod and go.sum hold all the build needs.
package tools

import _ "github.com/rhysd/actionlint/cmd/actionlint"
