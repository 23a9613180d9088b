#include "cli/access_grant_command.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "base/text.h"
#include "cli/account_client.h"
#include "cli/answers.h"
#include "cli/commands.h"
#include "cli/request_command.h"
#include "wire/weir_api_operations.h"

namespace weir::cli {

using namespace wire::weir_api;

namespace {

struct AccessFlags {
  ProfileFlags profile;
  std::string id, catalog, principal, resource, at, purpose, reason;
  int64_t duration_s = 0;
  bool repair = false;
  bool json = false;
};

std::string time_text(const std::optional<base::Instant>& at) { return at ? base::to_iso8601(*at) : "open"; }

void print_grant(const AccessGrantDescription& grant) {
  auto columns = grant.Columns.empty() ? std::string() : "(" + base::join(grant.Columns.items(), ", ") + ")";
  if (!grant.ExcludedColumns.empty()) columns = "(* - " + base::join(grant.ExcludedColumns.items(), ", ") + ")";
  std::printf("%s  %s on %s.%s%s to %s\n", printable(grant.State).c_str(),
              printable(base::join(grant.Permissions.items(), ",")).c_str(), printable(grant.Database).c_str(),
              printable(grant.Table).c_str(), printable(columns).c_str(), printable(grant.Principal).c_str());
  std::printf("  from %s until %s, request %s of %s%s\n", time_text(grant.Granted).c_str(),
              time_text(grant.Ended ? grant.Ended : grant.Expires).c_str(), printable(grant.RequestId).c_str(),
              printable(grant.Requester).c_str(), printable(grant.Purpose ? ": " + *grant.Purpose : "").c_str());
  for (const auto& why : grant.Because) std::printf("  because: %s\n", printable(why).c_str());
  for (const auto& one : grant.Approvals)
    std::printf("  approved by step %s: %s\n", printable(one.Step).c_str(), printable(one.ApprovalId).c_str());
  if (grant.EndedBecause) std::printf("  ended: %s\n", printable(*grant.EndedBecause).c_str());
}

base::Result<bool> run_list(const AccessFlags& flags) {
  ListAccessGrantsRequest request;
  say(flags.catalog, request.CatalogId);
  say(flags.id, request.RequestId);
  say(flags.principal, request.Principal);
  say(flags.resource, request.Resource);
  if (!flags.at.empty()) {
    WEIR_TRY(request.At, base::parse_iso8601(flags.at));
  }
  WEIR_TRY(auto client, client_of(flags.profile));
  do {
    WEIR_TRY(auto page, client.call<op::ListAccessGrants>(request));
    if (flags.json) print_json<op::ListAccessGrants>(page);
    for (const auto& grant : page.Grants)
      if (!flags.json) print_grant(grant);
    request.NextToken = page.NextToken;
  } while (request.NextToken);
  return true;
}

template <class Op>
base::Result<bool> print_request(const typename Op::Output& answer, const AccessFlags& flags) {
  if (flags.json) {
    print_json<Op>(answer);
  } else {
    std::printf("%s\n", line_of(answer).c_str());
  }
  return true;
}

base::Result<bool> run_extend(const AccessFlags& flags) {
  ExtendAccessGrantRequest request;
  say(flags.catalog, request.CatalogId);
  request.RequestId = flags.id;
  request.DurationSeconds = flags.duration_s;
  say(flags.purpose, request.Purpose);
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::ExtendAccessGrant>(request));
  return print_request<op::ExtendAccessGrant>(answer, flags);
}

base::Result<bool> run_revoke(const AccessFlags& flags) {
  RevokeAccessGrantRequest request;
  say(flags.catalog, request.CatalogId);
  request.RequestId = flags.id;
  say(flags.reason, request.Reason);
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::RevokeAccessGrant>(request));
  return print_request<op::RevokeAccessGrant>(answer, flags);
}

base::Result<bool> run_verify(const AccessFlags& flags) {
  VerifyAccessGrantsRequest request;
  say(flags.id, request.RequestId);
  request.Repair = flags.repair;
  WEIR_TRY(auto client, client_of(flags.profile));
  WEIR_TRY(auto answer, client.call<op::VerifyAccessGrants>(request));
  if (flags.json) print_json<op::VerifyAccessGrants>(answer);
  bool well = true;
  for (const auto& grant : answer.Grants) {
    bool healthy = grant.Health == "HEALTHY" || grant.Repaired.value_or(false);
    well = well && healthy;
    if (!flags.json)
      std::printf("%s  %s%s  %s\n", printable(grant.RequestId).c_str(), printable(grant.Health).c_str(),
                  grant.Repaired.value_or(false) ? " (repaired)" : "", printable(grant.Detail).c_str());
  }
  return well;
}

using Run = base::Result<bool> (*)(const AccessFlags&);

CLI::App* add_command(CLI::App& parent, const char* name, const char* says, Run run, int& status,
                      const std::shared_ptr<AccessFlags>& flags) {
  auto* command = parent.add_subcommand(name, says);
  add_profile_options(*command, flags->profile);
  command->add_option("--catalog-id", flags->catalog, "the account whose catalog it is, when it is another");
  command->add_flag("--json", flags->json, "the answer as JSON");
  command->callback([flags, run, &status] {
    auto answer = run(*flags);
    status = !answer ? report(base::Status(answer.error())) : *answer ? 0 : 2;
  });
  return command;
}

}  // namespace

void add_access_grants(CLI::App& program, int& status) {
  auto* access = program.add_subcommand("access", "See, extend and end what was granted for requests");
  access->require_subcommand(1);
  auto fresh = [] { return std::make_shared<AccessFlags>(); };
  auto list = fresh(), extend = fresh(), revoke = fresh(), verify = fresh();
  auto* listing = add_command(*access, "list", "Who has, or had, access to what, and why", run_list, status, list);
  listing->add_option("--request", list->id, "of this request");
  listing->add_option("--principal", list->principal, "of this principal");
  listing->add_option("--resource,--column", list->resource, "DATABASE, DATABASE.TABLE or DATABASE.TABLE.COLUMN");
  listing->add_option("--at", list->at, "in force at this time, as 2026-11-22T12:00:00Z");
  auto* extending = add_command(*access, "extend", "Ask that it may last longer", run_extend, status, extend);
  extending->add_option("id", extend->id, "of the request")->required();
  extending->add_option("--seconds", extend->duration_s, "beyond the end there is now")->required();
  extending->add_option("--purpose", extend->purpose, "what for");
  auto* revoking = add_command(*access, "revoke", "End it, or give it up", run_revoke, status, revoke);
  revoking->add_option("id", revoke->id, "of the request")->required();
  revoking->add_option("--reason", revoke->reason, "why");
  auto* verifying = add_command(*access, "verify", "Compare it with what is there", run_verify, status, verify);
  verifying->add_option("--request", verify->id, "of this request only");
  verifying->add_flag("--repair", verify->repair, "grant again what is missing");
}

}  // namespace weir::cli
