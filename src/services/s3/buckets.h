// Buckets and their policies.
#pragma once
#include "services/service.h"
#include "wire/s3_operations.h"

namespace weir::services {

base::Result<wire::s3::ListBucketsOutput> list_buckets(app::Call& call, const wire::s3::ListBucketsRequest& in);
base::Result<wire::s3::CreateBucketOutput> create_bucket(app::Call& call, const wire::s3::CreateBucketRequest& in);
base::Result<wire::Nothing> delete_bucket(app::Call& call, const wire::s3::DeleteBucketRequest& in);
base::Result<wire::s3::HeadBucketOutput> head_bucket(app::Call& call, const wire::s3::HeadBucketRequest& in);
base::Result<wire::s3::GetBucketLocationOutput> get_bucket_location(app::Call& call,
                                                                    const wire::s3::GetBucketLocationRequest& in);
base::Result<wire::Nothing> put_bucket_policy(app::Call& call, const wire::s3::PutBucketPolicyRequest& in);
base::Result<wire::s3::GetBucketPolicyOutput> get_bucket_policy(app::Call& call,
                                                                const wire::s3::GetBucketPolicyRequest& in);
base::Result<wire::Nothing> delete_bucket_policy(app::Call& call, const wire::s3::DeleteBucketPolicyRequest& in);

}  // namespace weir::services
