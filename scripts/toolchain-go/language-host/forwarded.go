package main

import (
	"context"
	"errors"
	"io"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

func (s *server) GetPluginInfo(context.Context, *emptypb.Empty) (*rpc.PluginInfo, error) {
	return &rpc.PluginInfo{Version: "3.66.0"}, nil
}

func (s *server) GetRequiredPlugins(
	ctx context.Context, request *rpc.GetRequiredPluginsRequest,
) (*rpc.GetRequiredPluginsResponse, error) {
	return forward(s, ctx, request, rpc.LanguageRuntimeClient.GetRequiredPlugins)
}

func (s *server) Run(ctx context.Context, request *rpc.RunRequest) (*rpc.RunResponse, error) {
	return forward(s, ctx, request, rpc.LanguageRuntimeClient.Run)
}

func (s *server) About(ctx context.Context, request *rpc.AboutRequest) (*rpc.AboutResponse, error) {
	return forward(s, ctx, request, rpc.LanguageRuntimeClient.About)
}

func (s *server) GetProgramDependencies(
	ctx context.Context, request *rpc.GetProgramDependenciesRequest,
) (*rpc.GetProgramDependenciesResponse, error) {
	return forward(s, ctx, request, rpc.LanguageRuntimeClient.GetProgramDependencies)
}

func (s *server) InstallDependencies(
	request *rpc.InstallDependenciesRequest,
	answers grpc.ServerStreamingServer[rpc.InstallDependenciesResponse],
) error {
	stream, err := forward(s, answers.Context(), request, rpc.LanguageRuntimeClient.InstallDependencies)
	return pass(stream, err, answers)
}

// pass hands on what the old host answers, message by message.
func pass[Response any](
	from grpc.ServerStreamingClient[Response], err error, to grpc.ServerStreamingServer[Response],
) error {
	for err == nil {
		var message *Response
		if message, err = from.Recv(); err == nil {
			err = to.Send(message)
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
