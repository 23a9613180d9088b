#include "events/names.h"

#include "base/text.h"
#include "names/arn.h"

namespace weir::events {
namespace {

std::string arn(std::string_view region, std::string_view account, const std::string& resource) {
  return "arn:aws:events:" + std::string(region) + ":" + std::string(account) + ":" + resource;
}

base::Result<NameAndId> parse(std::string_view text, std::string_view kind, std::string_view parameter) {
  auto whole = names::Arn::parse(text);
  if (!whole || whole->service != "events" || !names::is_account_id(whole->account))
    return invalid_parameter(parameter);
  auto parts = base::split(whole->resource, '/');
  if (parts.size() != 3 || parts[0] != kind || parts[1].empty() || parts[2].empty())
    return invalid_parameter(parameter);
  return NameAndId{whole->region, whole->account, std::string(parts[1]), std::string(parts[2])};
}

}  // namespace

std::string bus_arn(std::string_view region, std::string_view account, std::string_view name) {
  return arn(region, account, "event-bus/" + std::string(name));
}
std::string rule_arn(std::string_view region, std::string_view account, std::string_view name) {
  return arn(region, account, "rule/" + std::string(name));
}
std::string connection_arn(std::string_view region, std::string_view account, std::string_view name,
                           std::string_view id) {
  return arn(region, account, "connection/" + std::string(name) + "/" + std::string(id));
}
std::string destination_arn(std::string_view region, std::string_view account, std::string_view name,
                            std::string_view id) {
  return arn(region, account, "api-destination/" + std::string(name) + "/" + std::string(id));
}
std::string channel_arn(std::string_view region, std::string_view account, std::string_view name) {
  return "arn:aws:weir:" + std::string(region) + ":" + std::string(account) + ":channel/" + std::string(name);
}

base::Result<BusName> parse_bus(std::string_view name_or_arn, std::string_view region, std::string_view own_account) {
  if (!name_or_arn.starts_with("arn:"))
    return BusName{std::string(region), std::string(own_account), std::string(name_or_arn)};
  auto whole = names::Arn::parse(name_or_arn);
  constexpr std::string_view kKind = "event-bus/";
  if (!whole || whole->service != "events" || !whole->resource.starts_with(kKind) ||
      !names::is_account_id(whole->account))
    return invalid_parameter("EventBusName");
  return BusName{whole->region, whole->account, whole->resource.substr(kKind.size())};
}

base::Result<NameAndId> parse_connection_arn(std::string_view text) {
  return parse(text, "connection", "ConnectionArn");
}
base::Result<NameAndId> parse_destination_arn(std::string_view text) { return parse(text, "api-destination", "Arn"); }

std::string text_of(const TargetName& name) { return "target/" + name.account + "/" + name.rule + "/" + name.id; }

base::Result<TargetName> parse_target_name(std::string_view text) {
  auto parts = base::split(text, '/');
  if (parts.size() != 4 || parts[0] != "target") return base::internal("no name of a target: " + std::string(text));
  return TargetName{std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
}

base::Error invalid_parameter(std::string_view name, std::string_view reason) {
  auto says = "Parameter " + std::string(name) + " is not valid.";
  if (!reason.empty()) says += " Reason: " + std::string(reason);
  return base::invalid(std::move(says), "parameter");
}

base::Error no_such(std::string_view what, std::string_view name) {
  auto says = std::string(what) + " " + std::string(name) + " does not exist";
  if (what == "Rule") says += " on EventBus default";
  return base::not_found(says + ".", "resource");
}

}  // namespace weir::events
