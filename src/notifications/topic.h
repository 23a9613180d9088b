// A topic: what is published to, and what its owner decided about it.
//
// INVARIANT: a Topic's name, owner and region never change; its ARN is made of them.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/record.h"
#include "base/result.h"

namespace weir::notifications {

// Where a topic or one of its subscriptions is.
struct TopicName {
  std::string region;
  std::string account;
  std::string name;
  std::string arn() const;
  auto operator<=>(const TopicName&) const = default;
};

struct Topic {
  std::string region;
  std::string account;
  std::string name;
  base::Instant created{};
  std::string display_name;
  std::string signature_version = "1";
  std::optional<std::string> policy;            // none: the default one
  std::map<std::string, std::string> bindings;  // of the policy: principal ARN -> unique id, as found on saving
  std::optional<std::string> delivery_policy;   // JSON as given
  base::Json tags;                              // as whoever keeps tags writes them
  int64_t subscriptions_deleted = 0;

  TopicName id() const { return {region, account, name}; }
  std::string arn() const { return id().arn(); }
};
WEIR_RECORD(Topic, FIELD("Region", &Topic::region), FIELD("Account", &Topic::account), FIELD("Name", &Topic::name),
            FIELD("Created", &Topic::created), FIELD("DisplayName", &Topic::display_name),
            FIELD("SignatureVersion", &Topic::signature_version), FIELD("Policy", &Topic::policy),
            FIELD("Bindings", &Topic::bindings), FIELD("DeliveryPolicy", &Topic::delivery_policy),
            FIELD("Tags", &Topic::tags), FIELD("Deleted", &Topic::subscriptions_deleted))

// 1 to 256 of A-Z a-z 0-9 _ -. FIFO names (.fifo) are not: this server has no FIFO topics.
base::Status check_topic_name(std::string_view name);
// At most 100 characters, none of them a control character: it becomes the name a mail is from.
base::Status check_display_name(std::string_view name);

// arn:aws:sns:REGION:ACCOUNT:NAME. Kind::invalid "Invalid parameter: TopicArn" otherwise; `parameter` is the name said.
base::Result<TopicName> parse_topic_arn(std::string_view arn, std::string_view parameter = "TopicArn");

// What AWS gives a topic without a policy of its own. Its condition holds for nobody but services that act for the
// owner; the owner's own users are let in by their identity policies.
std::string default_topic_policy(const TopicName& topic);

// The error of a parameter, in AWS's words: "Invalid parameter: NAME" and perhaps " Reason: WHY".
base::Error invalid_parameter(std::string_view name, std::string_view reason = {});

}  // namespace weir::notifications
