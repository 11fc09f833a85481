//go:build tools

package main

// What an SDK for Go needs to compile: go.mod and go.sum hold that too, and it is compiled ahead.
import (
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	_ "github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)
