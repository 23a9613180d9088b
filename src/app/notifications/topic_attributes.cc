#include "app/notifications/topic_attributes.h"

#include "app/notifications/topic_access.h"
#include "notifications/delivery_policy.h"

namespace weir::app {

using notifications::invalid_parameter;
using notifications::Topic;

namespace {

// What this server has not may be named where naming it means nothing.
struct Unoffered {
  std::string_view name, harmless;
};
constexpr Unoffered kUnoffered[] = {
    {"KmsMasterKeyId", ""},       {"FifoTopic", "false"}, {"ContentBasedDeduplication", "false"},
    {"FifoThroughputScope", ""},  {"ArchivePolicy", ""},  {"TracingConfig", "PassThrough"},
    {"DataProtectionPolicy", ""},
};

bool is_delivery_logging(std::string_view name) {
  return name.ends_with("SuccessFeedbackRoleArn") || name.ends_with("FailureFeedbackRoleArn") ||
         name.ends_with("SuccessFeedbackSampleRate");
}

base::Status check_unoffered(const std::string& name, const std::string& value) {
  for (const auto& row : kUnoffered)
    if (name == row.name) {
      if (value == row.harmless || value.empty()) return {};
      return invalid_parameter("Attributes", name + " is not offered here");
    }
  if (is_delivery_logging(name)) return invalid_parameter("Attributes", name + " is not offered here");
  return invalid_parameter("AttributeName");
}

base::Status set_delivery_policy(Topic& topic, const std::string& value) {
  if (value.empty() || value == "{}") return topic.delivery_policy.reset(), base::Status();
  WEIR_CHECK_OK(notifications::topic_delivery_policy(value));
  return topic.delivery_policy = value, base::Status();
}

// A policy speaks of its own topic only.
bool speaks_of(const base::Json& resource, const std::string& arn) {
  if (auto* text = resource.as_string()) return *text == arn;
  auto* list = resource.as_array();
  return list && std::all_of(list->begin(), list->end(), [&](const auto& one) { return speaks_of(one, arn); });
}

base::Status check_statement(const base::Json& statement, const std::string& arn) {
  auto* resource = statement.find("Resource");
  if (!resource || !speaks_of(*resource, arn))
    return invalid_parameter("Policy Error: a statement's Resource is the topic's ARN");
  return {};
}

base::Status check_resources(const std::string& text, const std::string& arn) {
  WEIR_TRY(auto document, base::parse_json(text));
  auto* statements = document.find("Statement");
  if (!statements || !statements->as_array()) return statements ? check_statement(*statements, arn) : base::Status();
  for (const auto& statement : *statements->as_array()) WEIR_CHECK_OK(check_statement(statement, arn));
  return {};
}

base::Error policy_refused(const base::Error& error) { return invalid_parameter("Policy Error: " + error.says); }

}  // namespace

base::Status set_policy(const Call& call, Topic& topic, const std::string& text) {
  topic.bindings.clear();
  return change_policy(call, topic, text);
}

base::Status change_policy(const Call& call, Topic& topic, const std::string& text) {
  auto parsed = policy::parse_policy(text, policy::PolicyKind::resource);
  if (!parsed) return policy_refused(parsed.error());
  WEIR_CHECK_OK(check_resources(text, topic.arn()));
  auto bound = policy::bind_principals(*parsed, [&](std::string_view arn) -> std::optional<std::string> {
    auto before = topic.bindings.find(std::string(arn));
    if (before != topic.bindings.end()) return before->second;
    auto* id = call.state().directory.find_id(arn);
    return id ? std::optional(*id) : std::nullopt;
  });
  if (!bound)
    return bound.error().kind == base::Kind::internal ? bound.error()
                                                      : invalid_parameter("Policy Error: PrincipalNotFound");
  topic.policy = text;
  topic.bindings = {(*bound)->bindings().begin(), (*bound)->bindings().end()};
  return {};
}

base::Status set_attribute(const Call& call, Topic& topic, const std::string& name, const std::string& value) {
  if (name == "Policy") return set_policy(call, topic, value);
  if (name == "DeliveryPolicy") return set_delivery_policy(topic, value);
  if (name == "DisplayName") {
    WEIR_CHECK_OK(notifications::check_display_name(value));
    return topic.display_name = value, base::Status();
  }
  if (name == "SignatureVersion") {
    if (value != "1" && value != "2") return invalid_parameter("SignatureVersion");
    return topic.signature_version = value, base::Status();
  }
  return check_unoffered(name, value);
}

std::string shown_policy(const Call& call, const Topic& topic) {
  auto named = topic_policy(topic);
  return policy::published_text(*named.policy, [&](std::string_view arn, std::string_view id) {
    auto* now = call.state().directory.find_id(arn);
    return now && *now == id;
  });
}

}  // namespace weir::app
