// How buses, rules, connections and API destinations are named.
//
// Connections and API destinations have an id of their own in their ARN: one that is deleted and made again under its
// old name is another one, and a policy for the first says nothing about the second.
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"

namespace weir::events {

inline constexpr std::string_view kDefaultBus = "default";

std::string bus_arn(std::string_view region, std::string_view account, std::string_view name = kDefaultBus);
std::string rule_arn(std::string_view region, std::string_view account, std::string_view name);
std::string connection_arn(std::string_view region, std::string_view account, std::string_view name,
                           std::string_view id);
std::string destination_arn(std::string_view region, std::string_view account, std::string_view name,
                            std::string_view id);
std::string channel_arn(std::string_view region, std::string_view account, std::string_view name);

// What an ARN of events names.
struct BusName {
  std::string region, account, name;
};
struct NameAndId {
  std::string region, account, name, id;
};

// A name is a bus of `own_account` in `region`; an ARN is a bus of whoever and wherever it says. Kind::invalid for
// neither.
base::Result<BusName> parse_bus(std::string_view name_or_arn, std::string_view region, std::string_view own_account);
// Kind::invalid "Parameter ConnectionArn is not valid." and so on for what is no ARN of one.
base::Result<NameAndId> parse_connection_arn(std::string_view arn);
base::Result<NameAndId> parse_destination_arn(std::string_view arn);

// Who is at the other end of a rule: the rule and the id of one of its targets, as one text and back.
struct TargetName {
  std::string account, rule, id;
  auto operator<=>(const TargetName&) const = default;
};
std::string text_of(const TargetName& name);
base::Result<TargetName> parse_target_name(std::string_view text);

// The errors of this service, in AWS's words.
base::Error invalid_parameter(std::string_view name, std::string_view reason = {});
base::Error no_such(std::string_view what, std::string_view name);  // "Rule x does not exist on EventBus default."

}  // namespace weir::events
