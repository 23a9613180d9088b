#include "cli/mesh_topic.h"

#include "cli/mesh_mark.h"
#include "wire/sns_operations.h"

namespace weir::cli {
namespace {

using base::Json;
namespace sns = wire::sns;
namespace op = wire::sns::op;

constexpr std::string_view kPolicyAttribute = "Policy";
constexpr std::string_view kPending = "PendingConfirmation";

bool is_absent(const base::Error& error) { return error.about == "NotFound"; }

}  // namespace

base::Result<MeshTopic::Found> MeshTopic::find() const {
  auto answer = client_.call<op::GetTopicAttributes>({.TopicArn = place_.topic()});
  if (!answer && is_absent(answer.error())) return Found{};
  if (!answer) return answer.error();
  Found found{.there = true, .ours = false, .policy = {}};
  WEIR_TRY(found.policy, base::parse_json(answer->Attributes[std::string(kPolicyAttribute)]));
  WEIR_TRY(auto tags, client_.call<op::ListTagsForResource>({.ResourceArn = place_.topic()}));
  found.ours = mark_in(tags.Tags) == kProducer;
  return found;
}

base::Status MeshTopic::put(const Json& policy) {
  WEIR_TRY(auto found, find());
  if (found.there && !found.ours) return stands_in_the_way("topic", kTopicName);
  if (!found.there) {
    sns::CreateTopicInput request;
    request.Name = std::string(kTopicName);
    request.Attributes = {{std::string(kPolicyAttribute), policy.dump()}};
    request.Tags = {{std::string(kMark), std::string(kProducer)}};
    WEIR_CHECK_OK(client_.call<op::CreateTopic>(request));
    ledger_.enter(Fate::made, "topic", place_.topic());
    return {};
  }
  bool same = found.policy == policy;
  if (!same) WEIR_CHECK_OK(set_policy(policy));
  ledger_.enter(same ? Fate::there : Fate::changed, "topic", place_.topic());
  return {};
}

base::Status MeshTopic::set_policy(const Json& policy) {
  sns::SetTopicAttributesInput request{place_.topic(), std::string(kPolicyAttribute), policy.dump()};
  WEIR_CHECK_OK(client_.call<op::SetTopicAttributes>(request));
  return {};
}

base::Result<std::string> MeshTopic::subscription_of(const std::string& address) const {
  sns::ListSubscriptionsByTopicInput request{.TopicArn = place_.topic(), .NextToken = {}};
  do {
    WEIR_TRY(auto page, client_.call<op::ListSubscriptionsByTopic>(request));
    for (const auto& one : page.Subscriptions)
      if (one.Protocol == "email" && one.Endpoint == address) return one.SubscriptionArn.value_or("");
    request.NextToken = page.NextToken;
  } while (request.NextToken);
  return std::string();
}

base::Status MeshTopic::subscribe(const std::string& address) {
  WEIR_TRY(auto there, subscription_of(address));
  if (there.empty()) {
    sns::SubscribeInput request;
    request.TopicArn = place_.topic();
    request.Protocol = "email";
    request.Endpoint = address;
    WEIR_CHECK_OK(client_.call<op::Subscribe>(request));
  }
  bool waits = there.empty() || there == kPending;
  ledger_.enter(there.empty() ? Fate::made : Fate::there, "subscription", address,
                waits ? "gets mails once the link in the mail it was sent is followed" : "");
  return {};
}

base::Status MeshTopic::remove() {
  WEIR_TRY(auto found, find());
  if (!found.there) {
    ledger_.enter(Fate::absent, "topic", place_.topic());
    return {};
  }
  if (!found.ours) {
    ledger_.enter(Fate::left, "topic", place_.topic(), kNotOurs);
    return {};
  }
  WEIR_CHECK_OK(client_.call<op::DeleteTopic>({.TopicArn = place_.topic()}));
  ledger_.enter(Fate::removed, "topic", place_.topic(), "with its subscriptions");
  return {};
}

}  // namespace weir::cli
