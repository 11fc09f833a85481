//go:build !linux

package main

import "os/exec"

// endWithThis does nothing here: the old host ends when its engine does not answer any more.
func endWithThis(*exec.Cmd) {}
