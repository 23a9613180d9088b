#include "services/sns/topic_operations.h"

#include "app/notifications/topics.h"

namespace weir::services::sns {
namespace {

base::Result<wire::Nothing> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return wire::Nothing{};
}

identity::Tags from_wire(const wire::List<w::Tag>& tags) {
  identity::Tags out;
  for (const auto& tag : tags) out.push_back({tag.Key.value_or(""), tag.Value.value_or("")});
  return out;
}

// The operations on tags say of a topic that is not there something else than the others.
base::Error of_resource(base::Error error) {
  if (error.kind == base::Kind::not_found) return base::not_found("Resource does not exist", "resource");
  return error;
}

}  // namespace

base::Result<w::CreateTopicResponse> create_topic(app::Call& call, const w::CreateTopicInput& in) {
  if (in.DataProtectionPolicy && !in.DataProtectionPolicy->empty())
    return base::invalid("Invalid parameter: DataProtectionPolicy Reason: it is not offered here", "parameter");
  WEIR_TRY(auto arn, app::create_topic(call, *in.Name, in.Attributes, from_wire(in.Tags)));
  w::CreateTopicResponse out;
  out.TopicArn = std::move(arn);
  return out;
}

base::Result<wire::Nothing> delete_topic(app::Call& call, const w::DeleteTopicInput& in) {
  return done(app::delete_topic(call, *in.TopicArn));
}

base::Result<w::ListTopicsResponse> list_topics(app::Call& call, const w::ListTopicsInput& in) {
  WEIR_TRY(auto page, app::list_topics(call, in.NextToken.value_or("")));
  w::ListTopicsResponse out;
  out.Topics.give();
  for (const auto& topic : page.items) {
    w::Topic item;
    item.TopicArn = topic.arn();
    out.Topics.push_back(std::move(item));
  }
  if (!page.next.empty()) out.NextToken = page.next;
  return out;
}

base::Result<w::GetTopicAttributesResponse> get_topic_attributes(app::Call& call,
                                                                 const w::GetTopicAttributesInput& in) {
  WEIR_TRY(auto attributes, app::get_topic_attributes(call, *in.TopicArn));
  w::GetTopicAttributesResponse out;
  out.Attributes = std::move(attributes);
  return out;
}

base::Result<wire::Nothing> set_topic_attributes(app::Call& call, const w::SetTopicAttributesInput& in) {
  return done(app::set_topic_attribute(call, *in.TopicArn, *in.AttributeName, in.AttributeValue.value_or("")));
}

base::Result<wire::Nothing> add_permission(app::Call& call, const w::AddPermissionInput& in) {
  return done(app::add_topic_permission(call, *in.TopicArn, *in.Label, in.AWSAccountId, in.ActionName));
}

base::Result<wire::Nothing> remove_permission(app::Call& call, const w::RemovePermissionInput& in) {
  return done(app::remove_topic_permission(call, *in.TopicArn, *in.Label));
}

base::Result<w::TagResourceResponse> tag_resource(app::Call& call, const w::TagResourceRequest& in) {
  auto tagged = app::tag_topic(call, *in.ResourceArn, from_wire(in.Tags));
  if (!tagged.ok()) return of_resource(std::move(tagged).error());
  return w::TagResourceResponse{};
}

base::Result<w::UntagResourceResponse> untag_resource(app::Call& call, const w::UntagResourceRequest& in) {
  auto untagged = app::untag_topic(call, *in.ResourceArn, in.TagKeys);
  if (!untagged.ok()) return of_resource(std::move(untagged).error());
  return w::UntagResourceResponse{};
}

base::Result<w::ListTagsForResourceResponse> list_tags(app::Call& call, const w::ListTagsForResourceRequest& in) {
  auto tags = app::list_topic_tags(call, *in.ResourceArn);
  if (!tags) return of_resource(std::move(tags).error());
  w::ListTagsForResourceResponse out;
  out.Tags.give();
  for (const auto& tag : *tags) {
    w::Tag item;
    item.Key = tag.key;
    item.Value = tag.value;
    out.Tags.push_back(std::move(item));
  }
  return out;
}

}  // namespace weir::services::sns
