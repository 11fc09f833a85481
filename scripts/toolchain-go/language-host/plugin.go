package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// RunPlugin runs the plugin in a folder with PulumiPlugin.yaml. The old host for Node.js cannot.
func (s *server) RunPlugin(
	request *rpc.RunPluginRequest, answers grpc.ServerStreamingServer[rpc.RunPluginResponse],
) error {
	if s.language != "nodejs" {
		// The CLI tells the folder in Info alone, which those of 3.66 do not know.
		request.Program = request.GetInfo().GetProgramDirectory()
		stream, err := forward(s, answers.Context(), request, rpc.LanguageRuntimeClient.RunPlugin)
		return pass(stream, err, answers)
	}
	folder := request.GetInfo().GetProgramDirectory()
	find := exec.Command("node", "-p", `require.resolve("@pulumi/pulumi/cmd/run-plugin")`)
	find.Dir = folder
	starter, err := find.Output()
	if err != nil {
		return fmt.Errorf("the plugin in %s finds no @pulumi/pulumi: %w", folder, err)
	}
	arguments := append([]string{strings.TrimSpace(string(starter)), folder}, request.Args...)
	command := exec.CommandContext(answers.Context(), "node", arguments...)
	command.Dir = request.Pwd
	endWithThis(command)
	command.Env = append(os.Environ(), request.Env...)
	command.Stdout = sender(func(text []byte) error {
		return answers.Send(&rpc.RunPluginResponse{Output: &rpc.RunPluginResponse_Stdout{Stdout: text}})
	})
	command.Stderr = sender(func(text []byte) error {
		return answers.Send(&rpc.RunPluginResponse{Output: &rpc.RunPluginResponse_Stderr{Stderr: text}})
	})
	code := int32(0)
	if err := command.Run(); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			return err
		}
		code = int32(exit.ExitCode())
	}
	return answers.Send(&rpc.RunPluginResponse{Output: &rpc.RunPluginResponse_Exitcode{Exitcode: code}})
}

type sender func([]byte) error

func (send sender) Write(text []byte) (int, error) {
	return len(text), send(append([]byte{}, text...))
}
