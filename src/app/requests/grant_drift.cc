#include "app/requests/grant_drift.h"

#include "app/permissions/data_lake_settings.h"
#include "app/permissions/grants.h"
#include "app/requests/access_requests.h"
#include "app/requests/request_changes.h"
#include "app/requests/request_rows.h"
#include "app/requests/request_watch.h"
#include "app/sharing/share_standing.h"
#include "requests/request_records.h"

namespace weir::app {

using permissions::PrivilegeSet;
using requests::AccessGrant;

namespace {

constexpr size_t kPage = 256;
constexpr std::string_view kTableGone = "the table it was granted on is gone";

struct Found {
  Health health = Health::healthy;
  std::string detail;
};

std::string rights_text(PrivilegeSet privileges, PrivilegeSet option, const permissions::ColumnSet& columns) {
  if (!columns.is_empty()) return "columns " + columns.text();
  auto out = privileges.text();
  if (!option.empty()) out += " (with grant option: " + option.text() + ")";
  return out;
}

// What of the row is not held, and what is held that no row gives.
Found compare_columns(const AccessGrant& row, const HeldRights& held, const HeldRights& given) {
  auto missing = columns_of(row).without(held.columns);
  auto option_missing = row.grant_option.empty() ? permissions::ColumnSet() : columns_of(row).without(held.grantable);
  auto extra = held.columns.without(given.columns);
  if (missing == columns_of(row)) return {Health::missing, "nothing of it is held"};
  if (!missing.is_empty() || !option_missing.is_empty())
    return {Health::narrower, "not held: " + rights_text({}, {}, missing.united(option_missing))};
  if (!extra.is_empty()) return {Health::wider, "held beside it: " + rights_text({}, {}, extra)};
  return {};
}

base::Result<Found> compare_rights(const AccessGrant& row, const HeldRights& held, const HeldRights& given) {
  if (is_column_row(row)) return compare_columns(row, held, given);
  WEIR_TRY(auto request, request_of(row));
  auto missing = request.privileges - held.privileges, option_missing = request.grant_option - held.grant_option;
  auto extra = held.privileges - given.privileges, extra_option = held.grant_option - given.grant_option;
  if (missing == request.privileges) return Found{Health::missing, "nothing of it is held"};
  if (!missing.empty() || !option_missing.empty())
    return Found{Health::narrower, "not held: " + rights_text(missing, option_missing, {})};
  if (!extra.empty() || !extra_option.empty())
    return Found{Health::wider, "held beside it: " + rights_text(extra, extra_option, {})};
  return Found{};
}

base::Result<Found> examine(Call& call, store::Transaction& tx, const AccessGrant& row) {
  WEIR_TRY(bool same, is_same_table(tx, row));
  if (!same) return Found{Health::missing, std::string(kTableGone)};
  WEIR_TRY(auto held, held_rights(tx, row));
  WEIR_TRY(auto rows, requests::GrantRecords(tx).counting(row.account, row.database, row.principal));
  WEIR_TRY(auto found, compare_rights(row, held, given_by(rows, row)));
  if (found.health == Health::missing || found.health == Health::narrower) return found;
  if (!row.filter.empty()) {
    WEIR_TRY(bool as_told, has_own_filter(tx, row));
    if (!as_told) return Found{Health::wider, "its data cells filter has other rows or columns than were approved"};
  }
  WEIR_TRY(auto standing, share_standing(call.lake(), tx, row));
  switch (standing) {
    case sharing::AssociationState::associated: return found;
    case sharing::AssociationState::associating:
      return Found{Health::share_not_accepted, "its resource share waits to be accepted"};
    case sharing::AssociationState::failed:
    case sharing::AssociationState::disassociated:
      return Found{Health::invitation_expired, "its resource share was rejected, or its invitation expired"};
  }
  return found;
}

// Another table of that name is somebody else's question.
bool is_repairable(const Found& found) {
  auto health = found.health;
  if (found.detail == kTableGone) return false;
  return health == Health::missing || health == Health::narrower || health == Health::invitation_expired;
}

// What has ended meanwhile is not granted again.
base::Status check_in_force(store::Transaction& tx, const AccessGrant& row) {
  WEIR_TRY(auto now, requests::GrantRecords(tx).find(row.account, row.id));
  return now && now->in_force ? base::Status() : base::Status(base::conflict("It has ended.", "request"));
}

base::Status grant_again(Call& call, const AccessGrant& row) {
  WEIR_TRY(auto resource, resource_of(row));
  auto granted = grant_permissions(
      call, {row.principal, {std::move(resource)}, row.permissions, row.grant_option, "", [&](store::Transaction& tx) {
               return check_in_force(tx, row);
             }});
  return granted.ok() ? base::Status() : base::Status(std::move(granted).error());
}

base::Result<std::vector<AccessGrant>> rows_to_verify(Call& call, const std::string& request) {
  const auto& account = call.caller().account();
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  requests::GrantRecords records(*tx);
  std::vector<AccessGrant> out;
  auto add = [&](std::vector<AccessGrant> rows) {
    for (auto& row : rows)
      if (row.in_force) out.push_back(std::move(row));
  };
  if (!request.empty()) {
    WEIR_CHECK_OK([&]() -> base::Status {
      auto there = request_there(*tx, account, request);
      return there.ok() ? base::Status() : base::Status(std::move(there).error());
    }());
    WEIR_TRY(auto rows, records.of_request(account, request));
    return add(std::move(rows)), out;
  }
  for (std::string from;;) {
    WEIR_TRY(auto page, records.list(account, from, kPage));
    add(std::move(page.items));
    if (page.next.empty()) return out;
    from = page.next;
  }
}

base::Result<VerifiedGrant> verify_row(Call& call, const AccessGrant& row, bool repair) {
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto found, examine(call, *tx, row));
  tx.reset();
  VerifiedGrant out{row, found.health, found.detail, false};
  if (!repair || !is_repairable(found)) return out;
  auto repaired = grant_again(call, row);
  out.repaired = repaired.ok();
  if (!repaired.ok()) out.detail += "; it could not be repaired: " + repaired.error().says;
  return out;
}

}  // namespace

std::string_view to_string(Health health) {
  switch (health) {
    case Health::healthy: return "HEALTHY";
    case Health::missing: return "MISSING";
    case Health::wider: return "WIDER";
    case Health::narrower: return "NARROWER";
    case Health::share_not_accepted: return "SHARE_NOT_ACCEPTED";
    case Health::invitation_expired: return "INVITATION_EXPIRED";
  }
  return "MISSING";
}

base::Result<std::vector<VerifiedGrant>> verify_access_grants(Call& call, const std::string& request, bool repair) {
  const auto& account = call.caller().account();
  WEIR_CHECK_OK(call.authorize(
      {"weir:VerifyAccessGrants", request_arn(call.lake(), account, request.empty() ? "*" : request), account},
      [&] { return administrator_gate(call, account); }));
  WEIR_TRY(auto rows, rows_to_verify(call, request));
  for (const auto& row : rows) WEIR_CHECK_OK(look_after_grants(call.lake(), account, row.request));
  WEIR_TRY(rows, rows_to_verify(call, request));  // looking after them may have ended some
  std::vector<VerifiedGrant> out;
  for (const auto& row : rows) {
    WEIR_TRY(auto verified, verify_row(call, row, repair));
    out.push_back(std::move(verified));
  }
  return out;
}

base::Status note_health(Lake& lake, const std::string& account, const std::string& id) {
  WEIR_TRY(auto call, program_call(lake, "weir", "VerifyAccessGrants"));
  return store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    requests::GrantRecords records(tx);
    WEIR_TRY(auto rows, records.of_request(account, id));
    for (auto& row : rows) {
      if (!row.in_force) continue;
      WEIR_TRY(auto found, examine(call, tx, row));
      auto now = to_string(found.health);
      if (row.health == now && row.health_detail == found.detail) continue;
      bool worth_telling =
          row.health.empty() ? found.health == Health::missing || found.health == Health::narrower : row.health != now;
      row.health = now;
      row.health_detail = found.detail;
      WEIR_CHECK_OK(records.put(row));
      WEIR_TRY(auto request, request_there(tx, account, id));
      if (worth_telling)
        WEIR_CHECK_OK(tell_of_request(lake, tx, request, "grant.drifted", std::string(now) + " " + found.detail));
    }
    return {};
  });
}

}  // namespace weir::app
