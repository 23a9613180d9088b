#include <algorithm>

#include "cli/mesh_command.h"
#include "cli/mesh_documents.h"
#include "cli/mesh_mark.h"
#include "cli/mesh_outputs.h"
#include "cli/mesh_site.h"

namespace weir::cli {
namespace {

constexpr std::string_view kLambda = "lambda.amazonaws.com";
constexpr std::string_view kSample = "sample-compatible";

bool is_sample(const CentralFlags& flags) { return flags.template_name == kSample; }

std::vector<MeshNeed> needs(const MeshPlace& place, bool sample) {
  std::vector<MeshNeed> out = {{place.role(kTableDetails.role), {"DESCRIBE"}, false, true},
                               {place.role(kShareItem.role), {"SELECT", "DESCRIBE"}, true, false}};
  if (!sample) out.push_back({place.role(kRequestsRole), {"SELECT", "DESCRIBE"}, true, true});
  return out;
}

MeshRole requests_role(const MeshPlace& place, const std::vector<std::string>& producers) {
  return {std::string(kRequestsRole), "Carries out requests for access", kCentral,
          trust_machine(place, std::string(kRequestMachines) + "*"), requests_policy(place, producers)};
}

std::vector<MeshRole> roles(const MeshPlace& place, const std::vector<std::string>& producers) {
  auto role = [&](const MeshFunction& function, std::string description, base::Json policy) {
    return MeshRole{std::string(function.role), std::move(description), kCentral, trust_service(kLambda),
                    std::move(policy)};
  };
  return {
      role(kTableDetails, "Looks up who owns a table and whether it has personal data", table_details_policy(place)),
      role(kShareItem, "Shares what was approved with other accounts", share_item_policy(place)),
      role(kNotification, "Asks the owners of data, through their accounts", notification_policy(place, producers)),
      role(kApprover, "Tells the state machine what was decided", approver_policy()),
      {std::string(kMachineRole), "Carries out the approval workflow", kCentral, trust_machine(place, kMachineName),
       machine_policy(place)}};
}

// Producers that an earlier run named stay.
base::Result<std::vector<std::string>> all_producers(const MeshSite& site, const std::vector<std::string>& named) {
  WEIR_TRY(auto policy, site.roles.policy_of(std::string(kNotification.role)));
  auto all = producers_in(policy);
  for (const auto& producer : named) {
    WEIR_TRY(auto account, read_account(producer, "--producer"));
    if (std::ranges::find(all, account.text()) == all.end()) all.push_back(account.text());
  }
  return all;
}

// Which database's owner nobody could name: an execution for it would fail.
base::Status warn_without_owner(MeshSite& site, const std::string& database) {
  WEIR_TRY(auto answer, site.api.call("glue", "GetDatabase", base::Json::object().set("Name", database)));
  const auto* found = answer.find("Database");
  const auto* parameters = found ? found->find("Parameters") : nullptr;
  if (parameters && names::is_account_id(parameters->text("data_owner"))) return {};
  site.ledger.say("database " + database +
                  " does not say who owns it: set its parameter data_owner to the producer's account id "
                  "(aws glue update-database), or requests for it fail");
  return {};
}

base::Status grant_databases(MeshSite& site, const CentralFlags& flags) {
  for (const auto& database : flags.databases) {
    for (const auto& need : needs(site.place, is_sample(flags))) WEIR_CHECK_OK(site.grants.grant(need, database));
    WEIR_CHECK_OK(warn_without_owner(site, database));
  }
  return {};
}

base::Status say_what_is_missing(MeshSite& site, const CentralFlags& flags, const std::vector<std::string>& producers) {
  if (producers.empty())
    site.ledger.say(
        "\nNobody can be asked yet: run this again with --producer ACCOUNT for each producer account,\n"
        "and weir mesh deploy-producer with the credentials of each.");
  WEIR_TRY(bool granted, site.grants.has_any(site.place.role(kShareItem.role)));
  if (granted) return {};
  std::string commands;
  for (const auto& need : needs(site.place, is_sample(flags))) commands += MeshGrants::commands(need, "DATABASE");
  site.ledger.say("\nNo database can be shared yet: run this again with --database DATABASE for each, or grant:\n" +
                  commands);
  return {};
}

base::Status deploy(MeshSite& site, const CentralFlags& flags) {
  WEIR_CHECK_OK(site.functions.check_served());
  WEIR_TRY(auto producers, all_producers(site, flags.producers));
  for (const auto& role : roles(site.place, producers)) WEIR_CHECK_OK(site.roles.put(role));
  for (const auto& function : kMeshFunctions) WEIR_CHECK_OK(site.functions.put(function));
  WEIR_CHECK_OK(site.machine.put(sample_machine(site.place), flags.replace_definition));
  if (!is_sample(flags)) {
    WEIR_CHECK_OK(site.roles.put(requests_role(site.place, producers)));
    WEIR_CHECK_OK(site.requests.put(flags.template_name));
  }
  WEIR_CHECK_OK(grant_databases(site, flags));
  WEIR_CHECK_OK(write_outputs(flags.outputs, site.place, site.ledger));
  return say_what_is_missing(site, flags, producers);
}

// A role that is not ours keeps what it was granted.
base::Status remove_role(MeshSite& site, const std::string& name) {
  WEIR_TRY(auto found, site.roles.find(name));
  if (found && found->mark == kCentral) WEIR_CHECK_OK(site.grants.revoke_all(found->arn));
  return site.roles.remove(name, kCentral);
}

}  // namespace

base::Status run_deploy_central(const CentralFlags& flags) {
  WEIR_TRY(auto site, open_site(flags.profile));
  return deploy(*site, flags);
}

base::Result<bool> run_clean_central(const CleanCentralFlags& flags) {
  WEIR_TRY(auto site, open_site(flags.profile));
  const auto& place = site->place;
  MachineRemoval also{flags.changed_definition, flags.stop_executions};
  WEIR_CHECK_OK(site->requests.remove(also));
  if (!site->ledger.complete()) return false;
  WEIR_CHECK_OK(site->machine.remove(sample_machine(place), also));
  // What still stands may still work: its functions and roles are left to it.
  if (!site->ledger.complete()) return false;
  for (const auto& function : kMeshFunctions) WEIR_CHECK_OK(site->functions.remove(function));
  for (const auto& role : roles(place, {})) WEIR_CHECK_OK(remove_role(*site, role.name));
  WEIR_TRY(auto requests, site->roles.find(std::string(kRequestsRole)));
  if (requests) WEIR_CHECK_OK(remove_role(*site, std::string(kRequestsRole)));
  WEIR_CHECK_OK(remove_outputs(flags.outputs, place, site->ledger));
  return site->ledger.complete();
}

}  // namespace weir::cli
