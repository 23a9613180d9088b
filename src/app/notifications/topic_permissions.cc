// AddPermission and RemovePermission: statements of a topic's policy, by their label.
#include <algorithm>

#include "app/notifications/topic_access.h"
#include "app/notifications/topic_attributes.h"
#include "app/notifications/topics.h"

namespace weir::app {

using notifications::invalid_parameter;
using notifications::Topic;

namespace {

constexpr size_t kLabelMax = 80;

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLabelMax && std::ranges::all_of(label, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool is_topic_action(std::string_view action) {
  for (std::string_view known : {"*", "Publish", "Subscribe", "GetTopicAttributes", "SetTopicAttributes",
                                 "AddPermission", "RemovePermission", "DeleteTopic", "ListSubscriptionsByTopic"})
    if (action == known) return true;
  return false;
}

base::Result<base::Json> actions_json(const std::vector<std::string>& actions) {
  base::Json::Array out;
  for (const auto& action : actions) {
    if (!is_topic_action(action)) return invalid_parameter("Policy statement action out of service scope!");
    out.push_back("SNS:" + action);
  }
  if (out.empty()) return invalid_parameter("ActionName");
  return out.size() == 1 ? out.front() : base::Json(std::move(out));
}

base::Result<base::Json> principals_json(const std::vector<std::string>& accounts) {
  base::Json::Array out;
  for (const auto& account : accounts) {
    auto id = names::AccountId::parse(account);
    if (!id) return invalid_parameter("AWSAccountId");
    out.push_back(names::root_arn(*id));
  }
  if (out.empty()) return invalid_parameter("AWSAccountId");
  return base::Json::object().set("AWS", out.size() == 1 ? out.front() : base::Json(std::move(out)));
}

base::Result<base::Json> document_of(const Topic& topic) {
  return base::parse_json(topic.policy ? *topic.policy : notifications::default_topic_policy(topic.id()));
}

// The statements as a list, whatever the document has.
base::Json::Array& statements_of(base::Json& document) {
  auto* statements = document.find("Statement");
  if (!statements) statements = document.set("Statement", base::Json::array()).find("Statement");
  if (!statements->as_array()) *statements = base::Json::array().push(*statements);
  return *statements->as_array();
}

bool has_label(const base::Json& statement, const std::string& label) { return statement.text("Sid") == label; }

}  // namespace

base::Status add_topic_permission(Call& call, const std::string& arn, const std::string& label,
                                  const std::vector<std::string>& accounts, const std::vector<std::string>& actions) {
  call.about("label", label);
  WEIR_TRY(auto found, authorize_topic(call, "sns:AddPermission", arn));
  if (!is_label(label)) return invalid_parameter("Label");
  auto statement = base::Json::object().set("Sid", label).set("Effect", "Allow");
  WEIR_TRY(auto principals, principals_json(accounts));
  WEIR_TRY(auto allowed, actions_json(actions));
  statement.set("Principal", std::move(principals)).set("Action", std::move(allowed)).set("Resource", arn);
  return change_topic(call, found.topic.id(), [&](Topic& topic) -> base::Status {
    WEIR_TRY(auto document, document_of(topic));
    auto& statements = statements_of(document);
    if (std::ranges::any_of(statements, [&](const auto& one) { return has_label(one, label); }))
      return invalid_parameter("Statement already exists");
    statements.push_back(statement);
    return change_policy(call, topic, document.dump());
  });
}

base::Status remove_topic_permission(Call& call, const std::string& arn, const std::string& label) {
  call.about("label", label);
  WEIR_TRY(auto found, authorize_topic(call, "sns:RemovePermission", arn));
  return change_topic(call, found.topic.id(), [&](Topic& topic) -> base::Status {
    WEIR_TRY(auto document, document_of(topic));
    auto& statements = statements_of(document);
    if (std::erase_if(statements, [&](const auto& one) { return has_label(one, label); }) == 0) return {};
    if (statements.empty()) return topic.policy.reset(), topic.bindings.clear(), base::Status();
    return change_policy(call, topic, document.dump());
  });
}

}  // namespace weir::app
