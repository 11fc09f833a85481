"""Drives the emulator at argv[1] with the two official Python clients, unchanged. Prints what it read as JSON."""

import json
import os
import sys

from alibabacloud_imm20200930 import models as imm_models
from alibabacloud_imm20200930.client import Client as ImmClient
from alibabacloud_mts20140618 import models as mts_models
from alibabacloud_mts20140618.client import Client as MtsClient

try:
    from alibabacloud_tea_openapi.utils_models import Config
except ImportError:
    from alibabacloud_tea_openapi.models import Config


def config():
    return Config(
        access_key_id=os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"],
        access_key_secret=os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
        endpoint=sys.argv[1],
        protocol="http",
        region_id="cn-shanghai",
    )


def imm():
    client = ImmClient(config())
    project, dataset, uri = "py-project", "py-dataset", "oss://py-bucket"
    pair = {"project_name": project, "dataset_name": dataset, "uri": uri}
    client.create_project(imm_models.CreateProjectRequest(project_name=project))
    client.create_dataset(imm_models.CreateDatasetRequest(project_name=project, dataset_name=dataset))
    created = client.create_binding(imm_models.CreateBindingRequest(**pair)).body.binding
    read = client.get_binding(imm_models.GetBindingRequest(**pair)).body.binding
    listed = client.list_bindings(
        imm_models.ListBindingsRequest(project_name=project, dataset_name=dataset)
    ).body.bindings
    size = client.get_dataset(
        imm_models.GetDatasetRequest(project_name=project, dataset_name=dataset)
    ).body.dataset.dataset_max_total_file_size
    client.delete_binding(imm_models.DeleteBindingRequest(**pair))
    client.delete_dataset(imm_models.DeleteDatasetRequest(project_name=project, dataset_name=dataset))
    client.delete_project(imm_models.DeleteProjectRequest(project_name=project))
    projects = client.list_projects(imm_models.ListProjectsRequest()).body.projects
    return {
        "created": created.state,
        "read": read.uri,
        "listed": [binding.uri for binding in listed],
        "size": size,
        "projects": len(projects),
    }


def mts():
    client = MtsClient(config())
    client.bind_output_bucket(mts_models.BindOutputBucketRequest(bucket="py-output"))
    listing = client.list_all_media_bucket(mts_models.ListAllMediaBucketRequest(maximum_page_size=10))
    rows = [[row.bucket, row.type] for row in listing.body.media_bucket_list.media_bucket]
    client.unbind_output_bucket(mts_models.UnbindOutputBucketRequest(bucket="py-output"))
    return {"rows": rows}


print(json.dumps({"imm": imm(), "mts": mts()}))
