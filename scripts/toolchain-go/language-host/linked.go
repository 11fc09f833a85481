package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// Link names SDKs that lie in a folder as dependencies of the program, where its language keeps them.
func (s *server) Link(_ context.Context, request *rpc.LinkRequest) (*rpc.LinkResponse, error) {
	folder := request.GetInfo().GetProgramDirectory()
	var told []string
	for _, each := range request.Packages {
		sdk := each.Path
		if !filepath.IsAbs(sdk) {
			sdk = filepath.Join(folder, sdk)
		}
		relative, err := filepath.Rel(folder, sdk)
		if err != nil {
			return nil, err
		}
		line, err := link[s.language](folder, filepath.ToSlash(relative))
		if err != nil {
			return nil, fmt.Errorf("the SDK in %s: %w", sdk, err)
		}
		told = append(told, line)
	}
	return &rpc.LinkResponse{ImportInstructions: strings.Join(told, "\n")}, nil
}

// By language: writes the dependency into the project in the folder, and says what a program imports.
var link = map[string]func(folder, sdk string) (string, error){
	"nodejs": func(folder, sdk string) (string, error) {
		var manifest struct{ Name string }
		text, err := os.ReadFile(filepath.Join(folder, sdk, "package.json"))
		if err != nil {
			return "", err
		}
		if err := json.Unmarshal(text, &manifest); err != nil {
			return "", err
		}
		err = run(folder, "npm", "pkg", "set", "dependencies."+manifest.Name+"=file:"+sdk)
		return fmt.Sprintf("import * as sdk from %q;", manifest.Name), err
	},
	"python": func(folder, sdk string) (string, error) {
		path := filepath.Join(folder, "requirements.txt")
		text, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			return "", err
		}
		lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
		for _, line := range lines {
			if strings.TrimSpace(line) == sdk {
				return "", nil
			}
		}
		return "", os.WriteFile(path, []byte(strings.TrimLeft(strings.Join(append(lines, sdk), "\n"), "\n")+"\n"), 0o644)
	},
	"go": func(folder, sdk string) (string, error) {
		text, err := os.ReadFile(filepath.Join(folder, sdk, "go.mod"))
		if err != nil {
			return "", err
		}
		first, _, _ := strings.Cut(string(text), "\n")
		module := strings.TrimSpace(strings.TrimPrefix(first, "module "))
		if !strings.HasPrefix(sdk, ".") {
			sdk = "./" + sdk
		}
		return fmt.Sprintf("The packages of %s can be imported.", module),
			run(folder, "go", "mod", "edit", "-require="+module+"@v0.0.0", "-replace="+module+"="+sdk)
	},
}

func run(folder, name string, arguments ...string) error {
	command := exec.Command(name, arguments...)
	command.Dir = folder
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w: %s", name, strings.Join(arguments, " "), err, output)
	}
	return nil
}
