// Command language-host stands before a language host of Pulumi 3.66, the last that a Go module holds, and does what
// today's CLI asks of a host besides: it turns the options of `runtime` into the flags of the old host, writes SDKs and
// programs, links SDKs, and runs plugins in Node.js. Its file is called as the host is, pulumi-language-python; the old
// host is that of the same name in the folder `old` beside it, or else in the folder above.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// Pulumi's own limit: a schema is larger than that of gRPC.
const largestMessage = 400 * 1024 * 1024

// The flags that the old host of a language has for options of `runtime` in Pulumi.yaml.
var flags = map[string][]string{
	"nodejs": {"typescript", "nodeargs", "tsconfig"},
	"python": {"virtualenv"},
	"go":     {"binary", "buildTarget"},
}

type server struct {
	rpc.UnimplementedLanguageRuntimeServer
	language string
	old      string
	engine   string

	lock  sync.Mutex
	hosts map[string]rpc.LanguageRuntimeClient
}

func main() {
	name := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	place, err := exec.LookPath(os.Args[0])
	exitOn(err)
	place, err = filepath.Abs(place)
	exitOn(err)
	s := &server{
		language: strings.TrimPrefix(name, "pulumi-language-"),
		old:      oldHost(filepath.Dir(place), filepath.Base(place)),
		hosts:    map[string]rpc.LanguageRuntimeClient{},
	}
	for _, argument := range os.Args[1:] {
		if !strings.HasPrefix(argument, "-") {
			s.engine = argument
		}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	exitOn(err)
	serving := grpc.NewServer(grpc.MaxRecvMsgSize(largestMessage))
	rpc.RegisterLanguageRuntimeServer(serving, s)
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go endWithParent()
	exitOn(serving.Serve(listener))
}

// endWithParent ends this host when the CLI that has started it is gone, as one that was killed: it cannot say so. The old
// hosts end with this one.
func endWithParent() {
	parent := os.Getppid()
	for os.Getppid() == parent {
		time.Sleep(time.Second)
	}
	os.Exit(1)
}

func exitOn(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func oldHost(folder, name string) string {
	beside := filepath.Join(folder, "old", name)
	if _, err := os.Stat(beside); err == nil {
		return beside
	}
	return filepath.Join(folder, "..", name)
}

// host is the old host with the options of a program as its flags; it is started once for each set of them.
func (s *server) host(info *rpc.ProgramInfo) (rpc.LanguageRuntimeClient, error) {
	arguments := []string{}
	options := info.GetOptions().AsMap()
	for _, name := range flags[s.language] {
		if value, given := options[name]; given {
			arguments = append(arguments, fmt.Sprintf("-%s=%v", name, value))
		}
	}
	if root := info.GetRootDirectory(); root != "" && s.language != "nodejs" {
		arguments = append(arguments, "-root="+root)
	}
	key := strings.Join(arguments, "\x00")
	s.lock.Lock()
	defer s.lock.Unlock()
	if host, started := s.hosts[key]; started {
		return host, nil
	}
	host, err := start(s.old, append(arguments, s.engine))
	if err == nil {
		s.hosts[key] = host
	}
	return host, err
}

func start(program string, arguments []string) (rpc.LanguageRuntimeClient, error) {
	command := exec.Command(program, arguments...)
	command.Stderr = os.Stderr
	endWithThis(command)
	output, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(output)
	port, err := lines.ReadString('\n')
	if err != nil {
		return nil, fmt.Errorf("%s ended before it could be reached: %w", program, err)
	}
	go func() { _, _ = io.Copy(os.Stdout, lines) }()
	connection, err := grpc.NewClient("127.0.0.1:"+strings.TrimSpace(port),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(largestMessage)))
	if err != nil {
		return nil, err
	}
	return rpc.NewLanguageRuntimeClient(connection), nil
}

type ofProgram interface{ GetInfo() *rpc.ProgramInfo }

type method[Request, Response any] func(
	rpc.LanguageRuntimeClient, context.Context, Request, ...grpc.CallOption) (Response, error)

// forward has the old host answer.
func forward[Request ofProgram, Response any](
	s *server, ctx context.Context, request Request, ask method[Request, Response],
) (Response, error) {
	host, err := s.host(request.GetInfo())
	if err != nil {
		var none Response
		return none, err
	}
	return ask(host, ctx, request)
}
