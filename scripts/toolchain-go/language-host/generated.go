package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	golang "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	rpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// What Pulumi's generators of one language do; the CLI reaches them through the language hosts.
type generators struct {
	sdk     func(*schema.Package, *rpc.GeneratePackageRequest, schema.ReferenceLoader) (map[string][]byte, error)
	program func(*pcl.Program) (map[string][]byte, hcl.Diagnostics, error)
	project func(string, workspace.Project, *pcl.Program, map[string]string) error
}

const tool = "pulumi"

var generatorsOf = map[string]generators{
	"nodejs": {
		func(p *schema.Package, r *rpc.GeneratePackageRequest, l schema.ReferenceLoader) (map[string][]byte, error) {
			return nodejs.GeneratePackage(tool, p, r.ExtraFiles, r.LocalDependencies, r.Local, l)
		},
		nodejs.GenerateProgram,
		func(folder string, project workspace.Project, program *pcl.Program, local map[string]string) error {
			return nodejs.GenerateProject(folder, project, program, local, false, "nodejs")
		},
	},
	"python": {
		func(p *schema.Package, r *rpc.GeneratePackageRequest, l schema.ReferenceLoader) (map[string][]byte, error) {
			return python.GeneratePackage(tool, p, r.ExtraFiles, l)
		},
		python.GenerateProgram,
		func(folder string, project workspace.Project, program *pcl.Program, local map[string]string) error {
			return python.GenerateProject(folder, project, program, local, "", "")
		},
	},
	"go": {
		func(p *schema.Package, r *rpc.GeneratePackageRequest, _ schema.ReferenceLoader) (map[string][]byte, error) {
			return golang.GeneratePackage(tool, p, r.LocalDependencies)
		},
		golang.GenerateProgram,
		golang.GenerateProject,
	},
}

func (s *server) GeneratePackage(
	_ context.Context, request *rpc.GeneratePackageRequest,
) (*rpc.GeneratePackageResponse, error) {
	loader, err := loaderAt(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(request.Schema), &spec); err != nil {
		return nil, fmt.Errorf("the schema: %w", err)
	}
	bound, problems, err := schema.BindSpec(spec, loader, schema.ValidationOptions{})
	if err != nil {
		return nil, err
	}
	answer := &rpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(problems)}
	if problems.HasErrors() {
		return answer, nil
	}
	files, err := generatorsOf[s.language].sdk(bound, request, loader)
	if err != nil {
		return nil, err
	}
	for name, text := range files {
		file := filepath.Join(request.Directory, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return nil, err
		}
	}
	return answer, nil
}

func (s *server) GenerateProgram(
	_ context.Context, request *rpc.GenerateProgramRequest,
) (*rpc.GenerateProgramResponse, error) {
	options, err := bindOptions(request.LoaderTarget, request.Strict)
	if err != nil {
		return nil, err
	}
	parser := syntax.NewParser()
	for name, text := range request.Source {
		if err := parser.ParseFile(strings.NewReader(text), name); err != nil {
			return nil, err
		}
	}
	if parser.Diagnostics.HasErrors() {
		return nil, parser.Diagnostics
	}
	program, problems, err := pcl.BindProgram(parser.Files, options...)
	if err != nil {
		return nil, err
	}
	answer := &rpc.GenerateProgramResponse{}
	if program != nil {
		files, more, err := generatorsOf[s.language].program(program)
		if err != nil {
			return nil, err
		}
		answer.Source, problems = files, problems.Extend(more)
	}
	answer.Diagnostics = plugin.HclDiagnosticsToRPCDiagnostics(problems)
	return answer, nil
}

func (s *server) GenerateProject(
	_ context.Context, request *rpc.GenerateProjectRequest,
) (*rpc.GenerateProjectResponse, error) {
	loader, err := loaderAt(request.LoaderTarget)
	if err != nil {
		return nil, err
	}
	program, problems, err := pcl.BindDirectory(request.SourceDirectory, loader, leniency(request.Strict)...)
	if err != nil {
		return nil, err
	}
	if program != nil && !problems.HasErrors() {
		var project workspace.Project
		if err := json.Unmarshal([]byte(request.Project), &project); err != nil {
			return nil, err
		}
		err = generatorsOf[s.language].project(request.TargetDirectory, project, program, request.LocalDependencies)
		if err != nil {
			return nil, err
		}
	}
	return &rpc.GenerateProjectResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(problems)}, nil
}

func loaderAt(target string) (schema.ReferenceLoader, error) {
	client, err := schema.NewLoaderClient(target)
	if err != nil {
		return nil, err
	}
	return schema.NewCachedLoader(client), nil
}

func leniency(strict bool) []pcl.BindOption {
	if strict {
		return nil
	}
	return pcl.NonStrictBindOptions()
}

func bindOptions(target string, strict bool) ([]pcl.BindOption, error) {
	loader, err := loaderAt(target)
	return append(leniency(strict), pcl.Loader(loader)), err
}
