#include "app/explain/dry_run.h"

#include <algorithm>
#include <utility>

#include "app/explain/access_comparison.h"
#include "app/explain/access_question.h"
#include "app/explain/rehearsal.h"

namespace weir::app {
namespace {

// Everything that may be rehearsed: what changes Lake Formation's records or the catalog's, and hands out nothing.
// Vending, sessions and objects are not here and never will be.
constexpr std::pair<std::string_view, std::string_view> kRehearsable[] = {
    {"lakeformation", "PutDataLakeSettings"},
    {"lakeformation", "RegisterResource"},
    {"lakeformation", "UpdateResource"},
    {"lakeformation", "DeregisterResource"},
    {"lakeformation", "GrantPermissions"},
    {"lakeformation", "RevokePermissions"},
    {"lakeformation", "BatchGrantPermissions"},
    {"lakeformation", "BatchRevokePermissions"},
    {"lakeformation", "CreateDataCellsFilter"},
    {"lakeformation", "UpdateDataCellsFilter"},
    {"lakeformation", "DeleteDataCellsFilter"},
    {"lakeformation", "CreateLFTag"},
    {"lakeformation", "UpdateLFTag"},
    {"lakeformation", "DeleteLFTag"},
    {"lakeformation", "AddLFTagsToResource"},
    {"lakeformation", "RemoveLFTagsFromResource"},
    {"lakeformation", "CreateLFTagExpression"},
    {"lakeformation", "UpdateLFTagExpression"},
    {"lakeformation", "DeleteLFTagExpression"},
    {"lakeformation", "CreateLakeFormationOptIn"},
    {"lakeformation", "DeleteLakeFormationOptIn"},
    {"glue", "CreateDatabase"},
    {"glue", "UpdateDatabase"},
    {"glue", "DeleteDatabase"},
    {"glue", "CreateTable"},
    {"glue", "UpdateTable"},
    {"glue", "DeleteTable"},
    {"glue", "BatchDeleteTable"},
};

base::Status check_rehearsable(const DryRunRequest& request) {
  std::pair<std::string_view, std::string_view> asked{request.service, request.operation};
  if (std::find(std::begin(kRehearsable), std::end(kRehearsable), asked) != std::end(kRehearsable)) return {};
  return base::invalid("A dry run takes operations that change Lake Formation's permissions or the Glue catalog; " +
                           request.service.substr(0, 64) + ":" + request.operation.substr(0, 64) + " is none of them.",
                       "operation");
}

base::Result<Concern> concern_of(Rehearsal& rehearsal, const std::vector<store::Change>& changes,
                                 const std::string& account) {
  Concern concern(account);
  auto before = rehearsal.store().before();
  for (const auto& change : changes) {
    WEIR_TRY(auto was, before->get(change.key));
    WEIR_CHECK_OK(concern.hear(change, was));
  }
  return concern;
}

// What only administrators may know of others is taken out, and said to be.
void leave_own(const Call& call, DryRun& run) {
  auto self = identity::lake_formation_principal(call.caller());
  auto others = [&](const AccessChange& change) { return change.principal != self; };
  std::erase_if(run.changes.gains, others);
  std::erase_if(run.changes.losses, others);
  run.complete = false;
  run.notices = {"Only a data lake administrator is told what changes for others; this is what changes for you."};
}

void say_if_cut(const AccessComparison& comparison, DryRun& run) {
  if (comparison.complete()) return;
  run.complete = false;
  run.notices.push_back("More is concerned than one dry run compares (" + std::to_string(kComparisonsMax) +
                        " times one principal and one resource): what is listed is not all of it.");
}

base::Status measure(Call& call, Rehearsal& rehearsal, DryRun& run) {
  const auto& account = call.caller().account();
  WEIR_TRY(auto changes, rehearsal.store().changes());
  WEIR_TRY(auto concern, concern_of(rehearsal, changes, account));
  WEIR_TRY(auto state, fold(call.state(), changes));
  auto before = rehearsal.store().before();
  WEIR_TRY(auto after, rehearsal.store().begin(store::Mode::read));
  run.changes = std::move(concern.told());
  run.notices = std::move(concern.notices());
  AccessComparison comparison({call.state(), *before}, {*state, *after}, account, kComparisonsMax);
  WEIR_CHECK_OK(comparison.compare(concern, run.changes));
  say_if_cut(comparison, run);
  if (!may_ask_about_others(call, account)) leave_own(call, run);
  return {};
}

}  // namespace

base::Result<DryRun> dry_run(Call& call, const DryRunRequest& request) {
  call.about("service", request.service.substr(0, 64));
  call.about("operation", request.operation.substr(0, 64));
  WEIR_CHECK_OK(call.authorize({.action = "weir:DryRun"}));
  WEIR_CHECK_OK(check_rehearsable(request));
  if (!call.lake().operations) return base::internal("dry run: this lake has no operations");
  WEIR_TRY(auto rehearsal, Rehearsal::of(call));
  auto rehearsed = rehearsal->call_of(request.service, request.operation);
  DryRun run;
  WEIR_TRY(run.performed,
           call.lake().operations->perform(rehearsed, request.service, request.operation, request.input));
  // Batches answer for each entry; what the others changed is measured whatever became of the rest.
  if (run.performed.accepted) WEIR_CHECK_OK(measure(call, *rehearsal, run));
  run.notices.insert(run.notices.begin(), run.performed.notices.begin(), run.performed.notices.end());
  return run;
}

}  // namespace weir::app
