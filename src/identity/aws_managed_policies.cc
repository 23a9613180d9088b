#include "identity/aws_managed_policies.h"

#include <array>

#include "base/hash.h"

namespace weir::identity {
namespace {

struct Text {
  const char* path;
  const char* name;
  const char* description;
  const char* document;
};

constexpr Text kTexts[] = {
    {"/", "AdministratorAccess", "Everything, everywhere.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})"},

    {"/", "ReadOnlyAccess", "Looking at everything Weir serves, without changing any of it.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":[
       "athena:BatchGet*","athena:Get*","athena:List*",
       "glue:BatchGet*","glue:Get*","glue:List*","glue:SearchTables",
       "iam:Get*","iam:List*","iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy",
       "lakeformation:Describe*","lakeformation:Get*","lakeformation:List*","lakeformation:Search*",
       "organizations:Describe*","organizations:List*","ram:Get*","ram:List*",
       "s3:Get*","s3:List*","states:Describe*","states:List*","sts:GetCallerIdentity"],"Resource":"*"}]})"},

    {"/", "AWSLakeFormationDataAdmin", "Administering a data lake: catalog, locations, grants, and the roles they use.",
     R"({"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":["lakeformation:*","glue:*","cloudtrail:DescribeTrails","cloudtrail:LookupEvents",
         "s3:GetBucketLocation","s3:ListAllMyBuckets","s3:GetBucketAcl",
         "iam:ListUsers","iam:ListRoles","iam:GetRole","iam:GetRolePolicy"],"Resource":"*"},
       {"Effect":"Deny","Action":"lakeformation:PutDataLakeSettings","Resource":"*"}]})"},

    {"/", "AWSLakeFormationCrossAccountManager",
     "Granting catalog resources to other accounts through resource shares.",
     R"({"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":"ram:CreateResourceShare","Resource":"*",
         "Condition":{"StringLikeIfExists":{"ram:RequestedResourceType":["glue:Table","glue:Database","glue:Catalog"]}}},
       {"Effect":"Allow","Action":["ram:UpdateResourceShare","ram:DeleteResourceShare","ram:AssociateResourceShare",
         "ram:DisassociateResourceShare","ram:GetResourceShares"],"Resource":"*",
         "Condition":{"StringLike":{"ram:ResourceShareName":"LakeFormation*"}}},
       {"Effect":"Allow","Action":"ram:AssociateResourceSharePermission","Resource":"*",
         "Condition":{"ArnLike":{"ram:PermissionArn":"arn:aws:ram::aws:permission/AWSRAMLFEnabled*"}}},
       {"Effect":"Allow","Action":["glue:PutResourcePolicy","glue:DeleteResourcePolicy",
         "organizations:DescribeOrganization","organizations:DescribeAccount","ram:Get*","ram:List*"],"Resource":"*"},
       {"Effect":"Allow","Action":["organizations:ListRoots","organizations:ListAccountsForParent",
         "organizations:ListOrganizationalUnitsForParent"],"Resource":"*"}]})"},

    {"/", "AWSGlueConsoleFullAccess", "Working with the whole Glue catalog, and handing roles made for Glue to it.",
     R"({"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":["glue:*","s3:ListAllMyBuckets","s3:ListBucket","s3:GetBucketLocation",
         "s3:GetBucketAcl","iam:ListRoles","iam:ListUsers","iam:ListGroups","iam:ListRolePolicies","iam:GetRole",
         "iam:GetRolePolicy","iam:ListAttachedRolePolicies"],"Resource":"*"},
       {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],
         "Resource":["arn:aws:s3:::aws-glue-*/*","arn:aws:s3:::*/*aws-glue-*/*"]},
       {"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/AWSGlueServiceRole*",
         "Condition":{"StringLike":{"iam:PassedToService":["glue.amazonaws.com"]}}},
       {"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::*:role/service-role/AWSGlueServiceRole*",
         "Condition":{"StringLike":{"iam:PassedToService":["glue.amazonaws.com"]}}}]})"},

    {"/service-role/", "AWSGlueServiceRole", "What a Glue job needs: the catalog, and the buckets made for it.",
     R"({"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":["glue:*","s3:GetBucketLocation","s3:ListBucket","s3:ListAllMyBuckets",
         "s3:GetBucketAcl","iam:ListRolePolicies","iam:GetRole","iam:GetRolePolicy"],"Resource":"*"},
       {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"],
         "Resource":["arn:aws:s3:::aws-glue-*/*","arn:aws:s3:::*/*aws-glue-*/*"]},
       {"Effect":"Allow","Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],
         "Resource":"arn:aws:logs:*:*:*:/aws-glue/*"}]})"},

    {"/", "AmazonAthenaFullAccess", "Querying through Athena: the catalog, its results and vended data access.",
     R"({"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":["athena:*","lakeformation:GetDataAccess"],"Resource":"*"},
       {"Effect":"Allow","Action":["glue:CreateDatabase","glue:DeleteDatabase","glue:UpdateDatabase",
         "glue:CreateTable","glue:DeleteTable","glue:BatchDeleteTable","glue:UpdateTable",
         "glue:CreatePartition","glue:BatchCreatePartition","glue:UpdatePartition","glue:DeletePartition",
         "glue:BatchDeletePartition","glue:Get*","glue:BatchGet*"],"Resource":"*"},
       {"Effect":"Allow","Action":["s3:GetBucketLocation","s3:GetObject","s3:ListBucket",
         "s3:ListBucketMultipartUploads","s3:ListMultipartUploadParts","s3:AbortMultipartUpload","s3:CreateBucket",
         "s3:PutObject"],"Resource":"arn:aws:s3:::aws-athena-query-results-*"},
       {"Effect":"Allow","Action":["s3:ListBucket","s3:GetBucketLocation","s3:ListAllMyBuckets"],"Resource":"*"}]})"},

    {"/", "AmazonS3FullAccess", "Everything in S3.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*"],"Resource":"*"}]})"},

    {"/", "AmazonS3ReadOnlyAccess", "Reading everything in S3.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Action":["s3:Get*","s3:List*","s3:Describe*"],"Resource":"*"}]})"},

    {"/", "IAMFullAccess", "Everything in IAM, and reading the organization.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Action":["iam:*","organizations:Describe*","organizations:List*"],"Resource":"*"}]})"},

    {"/", "IAMReadOnlyAccess", "Reading everything in IAM.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*",
       "iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy"],"Resource":"*"}]})"},

    {"/", "AWSResourceAccessManagerFullAccess", "Everything in the Resource Access Manager.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ram:*"],"Resource":"*"}]})"},

    {"/", "AWSStepFunctionsFullAccess", "Everything in Step Functions.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"states:*","Resource":"*"}]})"},

    {"/service-role/", "AWSLambdaBasicExecutionRole", "Writing logs.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]})"},

    {"/aws-service-role/", "LakeFormationDataAccessServiceRolePolicy",
     "What Lake Formation needs to read data at registered locations on users' behalf.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Action":["s3:ListAllMyBuckets"],"Resource":["arn:aws:s3:::*"]}]})"},

    {"/aws-service-role/", "AWSResourceAccessManagerServiceRolePolicy",
     "What the Resource Access Manager needs to know of the organization whose members share.",
     R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",
       "Action":["organizations:DescribeAccount","organizations:DescribeOrganization",
         "organizations:DescribeOrganizationalUnit","organizations:ListAccounts",
         "organizations:ListAccountsForParent","organizations:ListChildren",
         "organizations:ListOrganizationalUnitsForParent","organizations:ListParents",
         "organizations:ListRoots"],"Resource":"*"}]})"},
};

// Always the same for the same policy, so that it may be stored and compared like any other id.
std::string id_of(std::string_view name) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string id = "ANPA";
  for (unsigned char c : base::sha256(name).substr(0, 17)) id += kAlphabet[c & 31];
  return id;
}

ManagedPolicy policy_of(const Text& text) {
  const base::Instant made{std::chrono::seconds(1577836800)};  // the first second of 2020
  ManagedPolicy policy;
  policy.name = text.name;
  policy.path = text.path;
  policy.id = id_of(text.name);
  policy.description = text.description;
  policy.created = policy.updated = made;
  policy.versions.push_back({1, text.document, made});
  return policy;
}

}  // namespace

std::span<const ManagedPolicy> aws_managed_policies() {
  static const std::vector<ManagedPolicy> policies = [] {
    std::vector<ManagedPolicy> all;
    for (auto& text : kTexts) all.push_back(policy_of(text));
    return all;
  }();
  return policies;
}

const ManagedPolicy* find_aws_managed_policy(std::string_view arn) {
  if (!arn.starts_with("arn:aws:iam::aws:policy/")) return nullptr;
  for (auto& policy : aws_managed_policies())
    if (arn.ends_with(policy.name) && policy.arn() == arn) return &policy;
  return nullptr;
}

}  // namespace weir::identity
