#include "services/weir/access_grant_operations.h"

#include "app/requests/access_grants.h"
#include "app/requests/grant_drift.h"
#include "app/requests/request_changes.h"
#include "services/weir/request_words.h"

namespace weir::services {

using namespace wire::weir_api;

namespace {

constexpr int kPageDefault = 100;

std::string state_of(const requests::AccessGrant& row) {
  if (row.ended) return "ENDED";
  return row.in_force ? "IN_FORCE" : "GRANTING";
}

void tell_columns(const requests::ColumnChoice& columns, AccessGrantDescription& out) {
  if (columns.only) {
    out.Columns = texts(columns.names);
  } else if (!columns.names.empty()) {
    out.ExcludedColumns = texts(columns.names);
  }
}

void tell_request(const requests::AccessRequest& request, AccessGrantDescription& out) {
  out.Requester = app::shown_requester(request);
  say(request.purpose, out.Purpose);
  out.Approvals = to_wire(request.asked);
  out.Because = texts(request.outcome.because);
}

AccessGrantDescription row_to_wire(const app::ListedGrant& listed) {
  const auto& row = listed.row;
  AccessGrantDescription out;
  out.GrantId = row.id;
  out.RequestId = row.request;
  out.Principal = row.principal;
  out.Database = row.database;
  out.Table = row.table;
  tell_columns(row.columns, out);
  say(row.row_filter, out.RowFilter);
  out.Permissions = texts(row.permissions);
  out.PermissionsWithGrantOption = texts(row.grant_option);
  out.State = state_of(row);
  out.GrantedBy = row.granted_by;
  out.Granted = row.granted;
  out.Expires = row.expires;
  out.Ended = row.ended;
  say(row.ended_by, out.EndedBy);
  say(row.ended_because, out.EndedBecause);
  if (listed.whole) tell_request(listed.request, out);
  if (!row.in_force) return out;  // how what has ended once stood says nothing
  say(row.health, out.Health);
  say(row.health_detail, out.HealthDetail);
  return out;
}

}  // namespace

base::Result<ListAccessGrantsResponse> list_access_grants(app::Call& call, const ListAccessGrantsRequest& in) {
  app::GrantFilter filter{in.CatalogId,
                          in.RequestId.value_or(""),
                          in.Principal.value_or(""),
                          in.Resource.value_or(""),
                          in.At,
                          in.NextToken.value_or(""),
                          static_cast<size_t>(in.MaxResults.value_or(kPageDefault))};
  WEIR_TRY(auto page, app::list_access_grants(call, filter));
  ListAccessGrantsResponse out;
  out.Grants.give();
  for (const auto& listed : page.items) out.Grants.push_back(row_to_wire(listed));
  say(page.next_token, out.NextToken);
  return out;
}

base::Result<AccessRequestDescription> extend_access_grant(app::Call& call, const ExtendAccessGrantRequest& in) {
  return described(
      app::extend_access_grant(call, in.CatalogId, *in.RequestId, *in.DurationSeconds, in.Purpose.value_or("")));
}

base::Result<AccessRequestDescription> revoke_access_grant(app::Call& call, const RevokeAccessGrantRequest& in) {
  return described(app::revoke_access_grant(call, in.CatalogId, *in.RequestId, in.Reason.value_or("")));
}

base::Result<VerifyAccessGrantsResponse> verify_access_grants(app::Call& call, const VerifyAccessGrantsRequest& in) {
  WEIR_TRY(auto verified, app::verify_access_grants(call, in.RequestId.value_or(""), in.Repair.value_or(false)));
  VerifyAccessGrantsResponse out;
  out.Grants.give();
  for (auto& one : verified)
    out.Grants.push_back({std::move(one.row.id), std::move(one.row.request), std::string(app::to_string(one.health)),
                          one.detail.empty() ? std::nullopt : std::optional(std::move(one.detail)), one.repaired});
  return out;
}

}  // namespace weir::services
