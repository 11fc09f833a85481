// Pulumi resources for the links of an Alibaba Cloud media stack: projects and datasets of IMM, OSS buckets bound and attached to them, and OSS buckets registered with MPS for input and output.
package alicloudmedia
