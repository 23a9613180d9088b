#include "app/trail/owners_half.h"

#include <algorithm>

#include "app/wording.h"
#include "base/clock.h"
#include "permissions/explain.h"

namespace weir::app {
namespace {

constexpr std::string_view kPrincipal = "lakeFormationPrincipal";

bool trusts(const permissions::DataLakeSettings& callers, const std::string& owner) {
  const auto& trusted = callers.trusted_resource_owners;
  return std::find(trusted.begin(), trusted.end(), owner) != trusted.end();
}

// Requests of these name the resource and nothing of the caller's. Others tell the resource alone.
bool names_only_the_resource(std::string_view source) {
  return source == "sts.amazonaws.com" || source == "s3.amazonaws.com";
}

}  // namespace

audit::Event owners_half(const audit::Event& event, const std::string& owner,
                         const permissions::DataLakeSettings& callers) {
  audit::Event out;
  out.event_id = base::quick_uuid();
  out.shared_event_id = event.event_id;
  out.recipient_account = owner;
  out.identity.type = "AWSAccount";
  out.identity.principal_id = event.identity.principal_id;
  out.identity.account = event.identity.account;
  if (trusts(callers, owner)) {
    out.identity.arn = event.identity.arn;
    out.additional.set(std::string(kPrincipal), event.additional.text(kPrincipal));
  }
  out.time = event.time;
  out.source = event.source;
  out.name = event.name;
  out.region = event.region;
  out.source_ip = event.source_ip;
  out.user_agent = event.user_agent;
  out.request_id = event.request_id;
  out.error_code = event.error_code;
  out.resources = event.resources;
  out.read_only = event.read_only;
  out.management = event.management;
  if (names_only_the_resource(event.source)) {
    out.request_parameters = event.request_parameters;
    out.response_elements = event.response_elements;
  }
  return out;
}

Grounds owners_grounds_of_iam(std::string_view action, std::string_view callers_account, std::string reason) {
  Grounds out;
  out.says = "IAM does not allow " + std::string(action) + " to a principal of account " + std::string(callers_account);
  if (reason.empty()) reason = out.says;
  permissions::GatesAsked asked{std::string(action), ""};
  std::vector<permissions::GateText> gates = {{"IAM: " + asked.action, false, std::move(reason), ""}};
  out.explanation = permissions::explain(asked, gates);
  out.text = permissions::explain_text(asked, gates);
  return out;
}

permissions::Decision owners_reasons(permissions::Decision decision) {
  std::erase_if(decision.because,
                [](const auto& because) { return because.side == permissions::Side::inside_account; });
  decision.missing.clear();
  return decision;
}

Grounds owners_grounds(const permissions::Decision& decision, std::string_view action) {
  auto theirs = owners_reasons(decision);
  std::vector<permissions::GateText> gates = {{"IAM: " + std::string(action), true, "allowed", ""}};
  return {insufficient(decision.asked, decision.resource), permissions::explain(theirs, gates),
          permissions::explain_text(theirs, gates)};
}

}  // namespace weir::app
