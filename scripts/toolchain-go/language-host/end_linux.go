package main

import (
	"os/exec"
	"syscall"
)

// endWithThis has the system end the command with this process, also where that is killed.
func endWithThis(command *exec.Cmd) {
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
