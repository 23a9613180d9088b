#include "notifications/topic.h"

#include <algorithm>

#include "base/text.h"
#include "names/arn.h"

namespace weir::notifications {
namespace {

constexpr size_t kNameMax = 256, kDisplayNameMax = 100;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

base::Error invalid_parameter(std::string_view name, std::string_view reason) {
  std::string says = "Invalid parameter: " + std::string(name);
  if (!reason.empty()) says += " Reason: " + std::string(reason);
  return base::invalid(std::move(says), "parameter");
}

std::string TopicName::arn() const { return names::Arn{"aws", "sns", region, account, name}.text(); }

base::Status check_topic_name(std::string_view name) {
  if (name.ends_with(".fifo")) return invalid_parameter("Topic Name", "FIFO topics are not offered here");
  if (name.empty() || name.size() > kNameMax || !std::ranges::all_of(name, is_name_character))
    return invalid_parameter("Topic Name");
  return {};
}

base::Status check_display_name(std::string_view name) {
  if (!base::is_valid_utf8(name) || base::has_control_characters(name) || base::utf8_length(name) > kDisplayNameMax)
    return invalid_parameter("DisplayName");
  return {};
}

base::Result<TopicName> parse_topic_arn(std::string_view text, std::string_view parameter) {
  auto arn = names::Arn::parse(text);
  if (!arn || arn->partition != "aws" || arn->service != "sns" || arn->region.empty() ||
      !names::is_account_id(arn->account) || !check_topic_name(arn->resource).ok())
    return invalid_parameter(parameter);
  return TopicName{arn->region, arn->account, arn->resource};
}

std::string default_topic_policy(const TopicName& topic) {
  base::Json::Array actions;
  for (auto* action : {"GetTopicAttributes", "SetTopicAttributes", "AddPermission", "RemovePermission", "DeleteTopic",
                       "Subscribe", "ListSubscriptionsByTopic", "Publish"})
    actions.push_back("SNS:" + std::string(action));
  auto statement = base::Json::object()
                       .set("Sid", "__default_statement_ID")
                       .set("Effect", "Allow")
                       .set("Principal", base::Json::object().set("AWS", "*"))
                       .set("Action", std::move(actions))
                       .set("Resource", topic.arn());
  auto owner = base::Json::object().set("AWS:SourceOwner", topic.account);
  statement.set("Condition", base::Json::object().set("StringEquals", std::move(owner)));
  auto policy = base::Json::object().set("Version", "2008-10-17").set("Id", "__default_policy_ID");
  return policy.set("Statement", base::Json::array().push(std::move(statement))).dump();
}

}  // namespace weir::notifications
