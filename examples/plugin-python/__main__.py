import pulumi
from pulumi_alicloud_media import imm, mps

binding = imm.DatasetBinding(
    "videos",
    project_name="media",
    dataset_name="videos",
    uri="oss://media-originals",
    # The engine hands it to the plugin; a change of it is no update.
    opts=pulumi.ResourceOptions(custom_timeouts=pulumi.CustomTimeouts(create="20m")),
)

renditions = mps.OutputBucket("renditions", bucket="media-renditions")
thumbnails = mps.OutputBucket("thumbnails", bucket="media-thumbnails")

pulumi.export("bindingStatus", binding.status)
pulumi.export("outputBuckets", [renditions.bucket, thumbnails.bucket])
# Asked once the binding is there: its arguments come from it.
live = imm.get_dataset_binding_output(
    project_name=binding.project_name,
    dataset_name=binding.dataset_name,
    uri=binding.uri,
)
pulumi.export("phase", live.phase)
