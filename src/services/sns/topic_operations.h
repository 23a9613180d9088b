// SNS's operations on topics.
#pragma once
#include "app/call.h"
#include "wire/sns_operations.h"

namespace weir::services::sns {

namespace w = wire::sns;

base::Result<w::CreateTopicResponse> create_topic(app::Call& call, const w::CreateTopicInput& in);
base::Result<wire::Nothing> delete_topic(app::Call& call, const w::DeleteTopicInput& in);
base::Result<w::ListTopicsResponse> list_topics(app::Call& call, const w::ListTopicsInput& in);
base::Result<w::GetTopicAttributesResponse> get_topic_attributes(app::Call& call, const w::GetTopicAttributesInput& in);
base::Result<wire::Nothing> set_topic_attributes(app::Call& call, const w::SetTopicAttributesInput& in);
base::Result<wire::Nothing> add_permission(app::Call& call, const w::AddPermissionInput& in);
base::Result<wire::Nothing> remove_permission(app::Call& call, const w::RemovePermissionInput& in);
base::Result<w::TagResourceResponse> tag_resource(app::Call& call, const w::TagResourceRequest& in);
base::Result<w::UntagResourceResponse> untag_resource(app::Call& call, const w::UntagResourceRequest& in);
base::Result<w::ListTagsForResourceResponse> list_tags(app::Call& call, const w::ListTagsForResourceRequest& in);

}  // namespace weir::services::sns
