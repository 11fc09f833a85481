package main

import (
	"github.com/pulumi-alicloud-media/pulumi-alicloud-media/sdk/go/alicloudmedia/imm"
	"github.com/pulumi-alicloud-media/pulumi-alicloud-media/sdk/go/alicloudmedia/mps"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(program)
}

func program(ctx *pulumi.Context) error {
	binding, err := imm.NewDatasetBinding(ctx, "videos", &imm.DatasetBindingArgs{
		ProjectName: pulumi.String("media"),
		DatasetName: pulumi.String("videos"),
		Uri:         pulumi.String("oss://media-originals"),
		// The engine hands it to the plugin; a change of it is no update.
	}, pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "20m"}))
	if err != nil {
		return err
	}
	renditions, err := mps.NewOutputBucket(ctx, "renditions", &mps.OutputBucketArgs{
		Bucket: pulumi.String("media-renditions"),
	})
	if err != nil {
		return err
	}
	thumbnails, err := mps.NewOutputBucket(ctx, "thumbnails", &mps.OutputBucketArgs{
		Bucket: pulumi.String("media-thumbnails"),
	})
	if err != nil {
		return err
	}

	ctx.Export("bindingStatus", binding.Status)
	ctx.Export("outputBuckets", pulumi.StringArray{renditions.Bucket, thumbnails.Bucket})
	// Asked once the binding is there: its arguments come from it. In Go the function is called Lookup,
	// since Get would be that of the resource.
	live := imm.LookupDatasetBindingOutput(ctx, imm.LookupDatasetBindingOutputArgs{
		ProjectName: binding.ProjectName,
		DatasetName: binding.DatasetName,
		Uri:         binding.Uri,
	})
	ctx.Export("phase", live.Phase())
	return nil
}
