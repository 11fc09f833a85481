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


PROJECT, DATASET, URI = "py-project", "py-dataset", "oss://py-bucket"
OF_PROJECT = {"project_name": PROJECT}
OF_DATASET = {**OF_PROJECT, "dataset_name": DATASET}
OF_BINDING = {**OF_DATASET, "uri": URI}
# More than a double holds.
HUGE = 9223372036854775807


def projects(client):
    tag = imm_models.CreateProjectRequestTag(key="team", value="media")
    request = imm_models.CreateProjectRequest(
        **OF_PROJECT, dataset_max_total_file_size=HUGE, tag=[tag]
    )
    made = client.create_project(request).body.project
    request = imm_models.UpdateProjectRequest(**OF_PROJECT, description="said anew")
    client.update_project(request)
    request = imm_models.GetProjectRequest(**OF_PROJECT, with_statistics=True)
    read = client.get_project(request).body.project
    listed = client.list_projects(imm_models.ListProjectsRequest()).body.projects
    return {
        "sizes": [made.dataset_max_total_file_size, read.dataset_max_total_file_size],
        "description": read.description,
        "tags": [[tag.tag_key, tag.tag_value] for tag in read.tags],
        "listed": [project.project_name for project in listed],
    }


def datasets(client):
    client.create_dataset(imm_models.CreateDatasetRequest(**OF_DATASET))
    request = imm_models.UpdateDatasetRequest(**OF_DATASET, dataset_max_bind_count=3)
    client.update_dataset(request)
    request = imm_models.GetDatasetRequest(**OF_DATASET, with_statistics=True)
    read = client.get_dataset(request).body.dataset
    listed = client.list_datasets(imm_models.ListDatasetsRequest(**OF_PROJECT)).body.datasets
    return {
        "limit": read.dataset_max_bind_count,
        "files": read.file_count,
        "listed": [dataset.dataset_name for dataset in listed],
    }


def bindings(client):
    made = client.create_binding(imm_models.CreateBindingRequest(**OF_BINDING)).body.binding
    read = client.get_binding(imm_models.GetBindingRequest(**OF_BINDING)).body.binding
    request = imm_models.ListBindingsRequest(**OF_DATASET)
    listed = client.list_bindings(request).body.bindings
    client.delete_binding(imm_models.DeleteBindingRequest(**OF_BINDING))
    return {"made": made.state, "read": read.uri, "listed": [binding.uri for binding in listed]}


def attachments(client):
    request = imm_models.AttachOSSBucketRequest(
        **OF_PROJECT, ossbucket="py-bucket", description="thumbnails"
    )
    client.attach_ossbucket(request)
    request = imm_models.GetOSSBucketAttachmentRequest(ossbucket="py-bucket")
    read = client.get_ossbucket_attachment(request).body
    request = imm_models.ListAttachedOSSBucketsRequest(**OF_PROJECT)
    listed = client.list_attached_ossbuckets(request).body.attached_ossbuckets
    client.detach_ossbucket(imm_models.DetachOSSBucketRequest(ossbucket="py-bucket"))
    return {
        "read": [read.project_name, read.description],
        "listed": [attached.ossbucket for attached in listed],
    }


def entries(client):
    request = imm_models.SimpleQueryRequest(**OF_DATASET, max_results=100, with_fields=["URI"])
    found = client.simple_query(request).body
    uris = [file.uri for file in found.files]
    request = imm_models.SimpleQueryRequest(**OF_DATASET, without_total_hits=True)
    uncounted = client.simple_query(request).body.total_hits
    client.delete_file_meta(imm_models.DeleteFileMetaRequest(**OF_DATASET, uri=uris[0]))
    request = imm_models.BatchDeleteFileMetaRequest(**OF_DATASET, uris=uris[1:])
    client.batch_delete_file_meta(request)
    return {"uris": uris, "totals": [found.total_hits, uncounted]}


def jobs(client):
    triggers = client.list_triggers(imm_models.ListTriggersRequest(**OF_PROJECT)).body.triggers
    batches = client.list_batches(imm_models.ListBatchesRequest(**OF_PROJECT)).body.batches
    for trigger in triggers:
        client.delete_trigger(imm_models.DeleteTriggerRequest(**OF_PROJECT, id=trigger.id))
    for batch in batches:
        client.delete_batch(imm_models.DeleteBatchRequest(**OF_PROJECT, id=batch.id))
    return {"triggers": [one.id for one in triggers], "batches": [one.id for one in batches]}


def imm():
    client = ImmClient(config())
    steps = [projects, datasets, bindings, attachments, entries, jobs]
    read = {step.__name__: step(client) for step in steps}
    client.delete_dataset(imm_models.DeleteDatasetRequest(**OF_DATASET))
    client.delete_project(imm_models.DeleteProjectRequest(**OF_PROJECT))
    left = client.list_projects(imm_models.ListProjectsRequest()).body.projects
    return {**read, "left": len(left)}


def mts():
    client = MtsClient(config())
    client.bind_output_bucket(mts_models.BindOutputBucketRequest(bucket="py-both"))
    request = mts_models.BindInputBucketRequest(bucket="py-both", referer="https://media.example.com")
    client.bind_input_bucket(request)
    listing = client.list_all_media_bucket(
        mts_models.ListAllMediaBucketRequest(maximum_page_size=10)
    )
    rows = [
        [row.bucket, row.type, row.referer] for row in listing.body.media_bucket_list.media_bucket
    ]
    client.unbind_input_bucket(mts_models.UnbindInputBucketRequest(bucket="py-both"))
    client.unbind_output_bucket(mts_models.UnbindOutputBucketRequest(bucket="py-both"))
    return {"rows": rows}


print(json.dumps({"imm": imm(), "mts": mts()}))
