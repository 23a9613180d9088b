#include "app/requests/request_rows.h"

#include "app/permissions/grants.h"
#include "catalog/tables.h"
#include "permissions/records.h"

namespace weir::app {

using permissions::ColumnSet;
using permissions::GrantRequest;
using permissions::Privilege;
using permissions::PrivilegeSet;
using permissions::Resource;
using requests::AccessGrant;

namespace {

constexpr std::string_view kProgram = "weir.amazonaws.com";

// Words that a row keeps were read before they were kept.
PrivilegeSet set_of(const std::vector<std::string>& names) {
  auto set = permissions::parse_privileges(names);
  return set.ok() ? *set : PrivilegeSet();
}

std::vector<std::string> names_of(PrivilegeSet set) {
  std::vector<std::string> out;
  for (auto privilege : set.list()) out.emplace_back(permissions::name_of(privilege));
  return out;
}

ColumnSet set_of(const requests::ColumnChoice& choice) {
  return choice.only ? ColumnSet::only(choice.names) : ColumnSet::all_except(choice.names);
}

requests::ColumnChoice choice_of(const ColumnSet& set) { return {set.names(), !set.is_exclusion()}; }

ColumnSet common(const ColumnSet& a, const ColumnSet& b) { return a.without(ColumnSet::all().without(b)); }

bool is_same_grant(const AccessGrant& a, const AccessGrant& b) {
  return a.principal == b.principal && a.database == b.database && a.table == b.table && a.filter == b.filter &&
         is_column_row(a) == is_column_row(b);
}

// What the row added to what was found.
HeldRights added_by(const AccessGrant& row) {
  HeldRights out;
  if (is_column_row(row)) {
    out.columns = columns_of(row).without(set_of(row.found_columns));
    if (!row.grant_option.empty()) out.grantable = columns_of(row).without(set_of(row.found_grantable));
    return out;
  }
  out.privileges = set_of(row.permissions) - set_of(row.found_permissions);
  out.grant_option = set_of(row.grant_option) - set_of(row.found_grant_option);
  return out;
}

void unite(HeldRights& into, const HeldRights& more) {
  into.privileges |= more.privileges;
  into.grant_option |= more.grant_option;
  into.columns = into.columns.united(more.columns);
  into.grantable = into.grantable.united(more.grantable);
}

HeldRights without(const HeldRights& all, const HeldRights& less) {
  return {all.privileges - less.privileges, all.grant_option - less.grant_option, all.columns.without(less.columns),
          all.grantable.without(less.grantable), all.shares};
}

HeldRights common(const HeldRights& a, const HeldRights& b) {
  return {a.privileges & b.privileges, a.grant_option & b.grant_option, common(a.columns, b.columns),
          common(a.grantable, b.grantable), a.shares};
}

// Everything of the row's grant that other rows give, in full.
HeldRights given_by_others(const std::vector<AccessGrant>& rows, const AccessGrant& row) {
  std::vector<AccessGrant> others;
  for (const auto& one : rows)
    if (one.id != row.id) others.push_back(one);
  return given_by(others, row);
}

base::Status take_columns(Call& call, store::Transaction& tx, GrantRequest request, const HeldRights& take) {
  auto only_option = take.grantable.without(take.columns);
  if (!take.columns.is_empty()) {
    request.resource.columns = take.columns;
    request.privileges = {Privilege::select};
    request.grant_option = {};
    WEIR_CHECK_OK(revoke_recorded(call, tx, request));
  }
  if (only_option.is_empty()) return {};
  request.resource.columns = only_option;
  request.privileges = {};
  request.grant_option = {Privilege::select};
  return revoke_recorded(call, tx, request);
}

base::Status take(Call& call, store::Transaction& tx, const AccessGrant& row, const HeldRights& rights) {
  WEIR_TRY(auto request, request_of(row));
  if (is_column_row(row)) return take_columns(call, tx, std::move(request), rights);
  request.privileges = rights.privileges;
  request.grant_option = rights.grant_option - rights.privileges;
  if (request.privileges.empty() && request.grant_option.empty()) return {};
  return revoke_recorded(call, tx, request);
}

base::Status erase_own_filter(store::Transaction& tx, const AccessGrant& row) {
  if (row.filter.empty()) return {};
  WEIR_TRY(auto resource, resource_of(row));
  WEIR_TRY(auto there, permissions::get_filter(tx, resource));
  return there ? permissions::erase_filter(tx, resource) : base::Status();
}

}  // namespace

bool is_column_row(const AccessGrant& row) { return row.filter.empty() && !row.columns.is_all(); }

ColumnSet columns_of(const AccessGrant& row) { return set_of(row.columns); }

base::Result<Resource> resource_of(const AccessGrant& row) {
  if (!row.filter.empty()) return Resource::of_filter(row.account, row.database, row.table, row.filter);
  if (row.table == requests::kEveryTable) return Resource::of_all_tables(row.account, row.database);
  if (is_column_row(row)) return Resource::of_columns(row.account, row.database, row.table, columns_of(row));
  return Resource::of_table(row.account, row.database, row.table);
}

base::Result<GrantRequest> request_of(const AccessGrant& row) {
  WEIR_TRY(auto principal, permissions::Principal::parse(row.principal));
  WEIR_TRY(auto resource, resource_of(row));
  return GrantRequest{std::move(principal), std::move(resource), set_of(row.permissions), set_of(row.grant_option)};
}

base::Result<HeldRights> held_rights(store::Transaction& tx, const AccessGrant& row) {
  WEIR_TRY(auto request, request_of(row));
  WEIR_TRY(auto grants, permissions::grants_around(tx, request.principal.text(), request.resource));
  HeldRights out;
  for (const auto& grant : grants) {
    if (grant.resource.key() != request.resource.key()) continue;
    if (!grant.share.empty()) out.shares.push_back(grant.share);
    if (is_column_row(row)) {
      out.columns = out.columns.united(grant.resource.columns);
      out.grantable = out.grantable.united(grant.grantable);
    } else {
      out.privileges |= grant.privileges;
      out.grant_option |= grant.grant_option;
    }
  }
  return out;
}

base::Result<bool> is_same_table(store::Transaction& tx, const AccessGrant& row) {
  if (row.table == requests::kEveryTable) return true;
  WEIR_TRY(auto table, catalog::Tables(tx).find(row.account, row.database, row.table));
  return table && table->serial == row.table_serial;
}

base::Result<bool> has_own_filter(store::Transaction& tx, const AccessGrant& row) {
  WEIR_TRY(auto resource, resource_of(row));
  WEIR_TRY(auto there, permissions::get_filter(tx, resource));
  return there && !there->all_rows && there->row_expression == row.row_filter && there->columns == columns_of(row);
}

base::Status note_found(store::Transaction& tx, AccessGrant& row) {
  if (row.table != requests::kEveryTable) {
    WEIR_TRY(auto table, catalog::Tables(tx).get(row.account, row.database, row.table));
    row.table_serial = table.serial;
  }
  WEIR_TRY(auto held, held_rights(tx, row));
  WEIR_TRY(auto rows, requests::GrantRecords(tx).counting(row.account, row.database, row.principal));
  HeldRights added;
  for (const auto& one : rows)
    if (one.id != row.id && is_same_grant(one, row)) unite(added, added_by(one));
  auto found = without(held, added);
  row.found_permissions = names_of(found.privileges);
  row.found_grant_option = names_of(found.grant_option);
  row.found_columns = choice_of(found.columns);
  row.found_grantable = choice_of(found.grantable);
  return {};
}

HeldRights given_by(const std::vector<AccessGrant>& rows, const AccessGrant& like) {
  HeldRights out;
  for (const auto& row : rows) {
    if (!row.counts() || !is_same_grant(row, like)) continue;
    HeldRights gives;
    if (is_column_row(row)) {
      gives.columns = columns_of(row).united(set_of(row.found_columns));
      gives.grantable = set_of(row.found_grantable);
      if (!row.grant_option.empty()) gives.grantable = gives.grantable.united(columns_of(row));
    } else {
      gives.privileges = set_of(row.permissions) | set_of(row.found_permissions);
      gives.grant_option = set_of(row.grant_option) | set_of(row.found_grant_option);
    }
    unite(out, gives);
  }
  return out;
}

base::Status end_row(Call& call, store::Transaction& tx, AccessGrant& row, const RowEnd& end) {
  if (!row.counts()) return {};
  requests::GrantRecords records(tx);
  WEIR_TRY(auto held, held_rights(tx, row));
  WEIR_TRY(auto rows, records.counting(row.account, row.database, row.principal));
  auto ours = common(without(added_by(row), given_by_others(rows, row)), held);
  WEIR_TRY(bool same, is_same_table(tx, row));
  if (same) WEIR_CHECK_OK(take(call, tx, row, ours));
  if (same) WEIR_CHECK_OK(erase_own_filter(tx, row));
  row.in_force = false;
  row.ended = call.lake().clock.now();
  row.ended_by = end.by;
  row.ended_because = end.because;
  return records.put(row);
}

base::Result<Call> program_call(Lake& lake, std::string service, std::string operation) {
  WEIR_TRY(auto state, lake.governance.current());
  auto principal = std::make_shared<const identity::Principal>(identity::service_principal(kProgram));
  Facts facts;
  facts.service = std::move(service);
  facts.operation = std::move(operation);
  facts.request_id = base::quick_uuid();
  facts.source_ip = facts.user_agent = std::string(kProgram);
  facts.tls = true;
  facts.now = lake.clock.now();
  return Call(lake, std::move(state), std::move(principal), std::move(facts));
}

}  // namespace weir::app
