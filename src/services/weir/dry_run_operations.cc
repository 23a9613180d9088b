#include "services/weir/dry_run_operations.h"

#include "app/explain/dry_run.h"

namespace weir::services {

using namespace wire::weir_api;
namespace {

wire::List<std::string> names_of(permissions::PrivilegeSet set) {
  wire::List<std::string> out;
  for (auto privilege : set.list()) out.emplace_back(permissions::name_of(privilege));
  return out;
}

void say(std::string&& text, std::optional<std::string>& member) {
  if (!text.empty()) member = std::move(text);
}

AccessChange to_wire(app::AccessChange&& change) {
  AccessChange out;
  out.Principal = std::move(change.principal);
  out.Resource = std::move(change.resource);
  out.Permissions = names_of(change.privileges);
  out.Permissions.give();
  if (!change.grant_option.empty()) out.PermissionsWithGrantOption = names_of(change.grant_option);
  if (!change.columns.empty()) out.Columns = std::move(change.columns);
  say(std::move(change.rows_before), out.RowsBefore);
  say(std::move(change.rows_after), out.RowsAfter);
  if (!change.metadata_columns.empty()) out.MetadataColumns = std::move(change.metadata_columns);
  say(std::move(change.administration), out.Administration);
  say(std::move(change.condition), out.Condition);
  return out;
}

wire::List<AccessChange> to_wire(std::vector<app::AccessChange>&& changes) {
  wire::List<AccessChange> out;
  out.give();
  for (auto& change : changes) out.push_back(to_wire(std::move(change)));
  return out;
}

}  // namespace

base::Result<DryRunResponse> dry_run(app::Call& call, const DryRunRequest& in) {
  WEIR_TRY(auto run, app::dry_run(call, {*in.Service, *in.Operation, *in.Input}));
  DryRunResponse out;
  out.Accepted = run.performed.accepted;
  if (run.performed.accepted) {
    out.Answer = std::move(run.performed.answer);
  } else {
    out.Error = OperationError{std::move(run.performed.code), std::move(run.performed.message)};
  }
  out.Gains = to_wire(std::move(run.changes.gains));
  out.Losses = to_wire(std::move(run.changes.losses));
  out.Notices = std::move(run.notices);
  out.Complete = run.complete;
  return out;
}

}  // namespace weir::services
