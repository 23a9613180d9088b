#include "app/vending/vending.h"

#include <algorithm>

#include "app/catalog/each_table.h"
#include "app/catalog/places_of_table.h"
#include "app/catalog/resource_links.h"
#include "app/permissions/registered_role.h"
#include "app/wording.h"
#include "base/text.h"
#include "catalog/partitions.h"
#include "catalog/tables.h"
#include "permissions/encode_view.h"
#include "permissions/visibility.h"
#include "vending/scope.h"

namespace weir::app {
namespace {

using permissions::Privilege;

constexpr std::string_view kGetDataAccess = "lakeformation:GetDataAccess";

vending::Wanted wanted_of(const std::vector<Privilege>& privileges) {
  vending::Wanted wanted;
  for (auto privilege : privileges) {
    wanted.select |= privilege == Privilege::select;
    wanted.insert |= privilege == Privilege::insert;
    wanted.delete_ |= privilege == Privilege::delete_;
    wanted.all |= privilege == Privilege::all;
  }
  return wanted;
}

base::Result<std::vector<Privilege>> data_privileges(const std::vector<std::string>& names) {
  std::vector<Privilege> out;
  for (const auto& name : names) {
    WEIR_TRY(auto privilege, permissions::parse_privilege(name));
    if (privilege != Privilege::select && privilege != Privilege::insert && privilege != Privilege::delete_ &&
        privilege != Privilege::all)
      return base::invalid("Credentials are vended for SELECT, INSERT, DELETE and ALL, not for " + name + ".",
                           "permissions");
    out.push_back(privilege);
  }
  if (out.empty()) out.push_back(Privilege::select);
  return out;
}

// The place the credentials are for: the table's, or the partition's own.
base::Result<names::S3Path> place_of(Call& call, const GovernedTable& table, const VendRequest& request) {
  auto place = location_of(*table.table);
  if (request.partition_values) {
    WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
    WEIR_TRY(auto partition, catalog::Partitions(*tx, *table.table).get(*request.partition_values));
    place = location_of(*table.table, partition);
  }
  if (!place) return base::invalid("Table " + table.name.table + " has no location in S3.", "location");
  return *place;
}

struct AskedPlace {
  names::S3Path place;
  std::optional<names::S3Path> inside;  // what the request narrows it to
  const names::S3Path& narrowest() const { return inside ? *inside : place; }
};

base::Result<AskedPlace> asked_place(Call& call, const GovernedTable& table, const VendRequest& request) {
  WEIR_TRY(auto place, place_of(call, table, request));
  AskedPlace out{std::move(place), {}};
  if (request.s3_path) {
    WEIR_TRY(out.inside, names::S3Path::parse(*request.s3_path));
  }
  return out;
}

// Every privilege after the first.
base::Status check_further(Call& call, const GovernedTable& table, const std::vector<Privilege>& privileges) {
  auto facts = facts_of(*table.table);
  for (size_t i = 1; i < privileges.size(); ++i) {
    auto decision =
        permissions::decide({call.lake_caller(table.name.catalog), privileges[i], table.decision.resource, &facts},
                            call.state().permissions(table.name.catalog));
    if (!decision.allowed()) return base::denied(insufficient(privileges[i], decision.resource), "access");
  }
  return {};
}

// Whoever gets credentials that read gets whole files: the engine must be able to enforce all of the view.
base::Status check_view(const GovernedTable& table, const VendRequest& request) {
  const auto& view = table.decision.view;
  if (view.columns.empty()) return base::denied(insufficient(Privilege::select, table.decision.resource), "access");
  return permissions::check_enforceable(view, request.supported);
}

// A table being vended: what is known before, and the credentials after.
class TableVend {
 public:
  TableVend(Call& call, const VendRequest& request, FollowedTable followed, std::vector<Privilege> privileges)
      : call_(call),
        request_(request),
        followed_(std::move(followed)),
        privileges_(std::move(privileges)),
        wanted_(wanted_of(privileges_)),
        kind_(request.partition_values ? vending::VendingCall::partition : vending::VendingCall::table) {}

  base::Result<Vended> run() {
    WEIR_TRY(auto checked,
             vending::duration_of(kind_, request_.duration_s, base::Seconds(identity::kRoleSessionSecondsMax)));
    (void)checked;
    TableGates gates;
    gates.between = [this] { return trust_gate(call_, followed_.name.catalog, request_.engine); };
    gates.last = [this](const GovernedTable& table) { return issue(table); };
    WEIR_TRY(auto table, authorize_table(call_, kGetDataAccess, followed_, privileges_.front(), gates));
    (void)table;
    return std::move(vended_);
  }

 private:
  std::optional<Refusal> issue(const GovernedTable& table) {
    if (auto refusal = own_data_gate(table.decision)) return refusal;
    const auto& view = table.decision.view;
    if (auto refusal = full_access_gate(call_, followed_.name.catalog, view, request_.engine)) return refusal;
    if (auto status = check_further(call_, table, privileges_); !status.ok())
      return Refusal{"Lake Formation", status.error()};
    if (wanted_.select || wanted_.all) {
      if (auto status = check_view(table, request_); !status.ok()) return Refusal{"enforceable view", status.error()};
    }
    return issue_at(table);
  }

  std::optional<Refusal> issue_at(const GovernedTable& table) {
    auto asked = asked_place(call_, table, request_);
    if (!asked) return Refusal{"registered location", asked.error()};
    if (auto refusal = place_gate(call_, table, privileges_, asked->place)) return refusal;
    if (auto refusal = place_gate(call_, table, privileges_, asked->narrowest())) return refusal;
    if (auto status = mint(table, *asked); !status.ok()) return Refusal{"registered location", status.error()};
    return std::nullopt;
  }

  base::Status mint(const GovernedTable& table, const AskedPlace& asked) {
    const auto& place = asked.place;
    auto* location = governing(call_, followed_.name.catalog, place);
    if (!location)
      return base::denied("Access is not allowed: " + place.url() + " is not registered with Lake Formation.",
                          "access");
    WEIR_TRY(auto scope, vending::scope_for(place, asked.inside, wanted_, table.arn));
    WEIR_TRY(vended_.credentials,
             assume_registered_role(call_, *location, scope, request_.permissions, kind_, request_.duration_s));
    vended_.paths = {scope.place.url()};
    return {};
  }

  Call& call_;
  const VendRequest& request_;
  FollowedTable followed_;
  std::vector<Privilege> privileges_;
  vending::Wanted wanted_;
  vending::VendingCall kind_;
  Vended vended_;
};

}  // namespace

base::Result<Vended> vend_for_table(Call& call, const VendRequest& request) {
  call.record_as_data_access();
  call.about("tableArn", arn_of(call, request.table));
  call.about("permissions", base::to_json(request.permissions));
  WEIR_TRY(auto privileges, data_privileges(request.permissions));
  WEIR_TRY(auto followed, follow(call, kGetDataAccess, request.table, TableLinks::follow));
  return TableVend(call, request, std::move(followed), std::move(privileges)).run();
}

namespace {

struct TableAt {
  names::TableName name;
  names::S3Path place;
};

// The table whose location is the longest that covers the place; two at the same location conflict.
base::Result<TableAt> table_at(store::Transaction& tx, const std::string& account, const names::S3Path& place) {
  std::vector<TableAt> best;
  WEIR_CHECK_OK(each_table(tx, account, [&](const catalog::Table& table) -> base::Status {
    auto location = location_of(table);
    if (!location) return {};
    auto canonical = permissions::canonical(*location);
    if (!canonical.covers(place)) return {};
    if (!best.empty() && best.front().place.key.size() > canonical.key.size()) return {};
    if (!best.empty() && best.front().place.key.size() < canonical.key.size()) best.clear();
    best.push_back({table_name(account, table.database_name, table.name), canonical});
    return {};
  }));
  if (best.empty()) return base::not_found("No table of the Data Catalog is located at " + place.url() + ".", "table");
  if (best.size() > 1)
    return base::conflict("Several tables are located at " + best.front().place.url() + ": " + best[0].name.table +
                              ", " + best[1].name.table + ".",
                          "location");
  return best.front();
}

// What lies at a place is told only to who may see it: an empty place, a shared one and one of a hidden table read alike.
base::Result<TableAt> visible_table_at(Call& call, const names::S3Path& place, bool write) {
  const auto& account = call.caller().account();
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  auto at = table_at(*tx, account, place);
  auto caller = call.lake_caller(account);
  permissions::Visibility visible(caller, call.state().permissions(account));
  bool told = at ? visible.table(at->name.database, at->name.table, at->place)
                 : visible.sees_everything() || at.error().kind == base::Kind::internal;
  if (told) return at;
  auto refused = call.authorize(Ask{.action = std::string(kGetDataAccess), .owner = account}, [&] {
    return std::optional(Refusal{
        "Lake Formation", base::denied(insufficient((write ? "All on " : "Select on ") + place.url()), "access")});
  });
  return std::move(refused).error();
}

}  // namespace

base::Result<Vended> vend_for_location(Call& call, const LocationVendRequest& request) {
  call.record_as_data_access();
  call.about("dataLocations", base::to_json(request.locations));
  if (request.locations.size() != 1) return base::invalid("DataLocations takes exactly one location.", "location");
  WEIR_TRY(auto checked, vending::duration_of(vending::VendingCall::data_location, request.duration_s,
                                              base::Seconds(identity::kRoleSessionSecondsMax)));
  (void)checked;
  WEIR_TRY(auto asked, names::S3Path::parse(request.locations.front()));
  auto place = permissions::canonical(asked);
  const auto& account = call.caller().account();
  WEIR_TRY(auto at, visible_table_at(call, place, request.write));
  auto privilege = request.write ? Privilege::all : Privilege::select;
  Vended vended;
  TableGates gates;
  gates.last = [&](const GovernedTable& table) -> std::optional<Refusal> {
    if (auto refusal = place_gate(call, table, {privilege}, place)) return refusal;
    const auto& settings = call.state().permissions(account).settings();
    const auto& view = table.decision.view;
    if (!settings.allow_full_table_external_data_access)
      return Refusal{
          "full table access",
          base::denied(
              "Access is not allowed: the settings do not allow full table access (AllowFullTableExternalDataAccess).",
              "access")};
    if (!view.shows_everything())
      return Refusal{
          "full table access",
          base::denied(
              "Access is not allowed: credentials for a location need access to all columns and rows of its table.",
              "access")};
    auto* location = governing(call, account, place);
    if (!location)
      return Refusal{
          "registered location",
          base::denied("Access is not allowed: " + place.url() + " is not registered with Lake Formation.", "access")};
    auto scope = vending::scope_for(at.place, place, {.select = !request.write, .all = request.write}, table.arn);
    if (!scope) return Refusal{"scope", scope.error()};
    auto credentials = assume_registered_role(call, *location, *scope, {request.write ? "ALL" : "SELECT"},
                                              vending::VendingCall::data_location, request.duration_s);
    if (!credentials) return Refusal{"registered location", credentials.error()};
    vended = {std::move(*credentials), {place.url()}};
    return std::nullopt;
  };
  WEIR_TRY(auto table, authorize_table(call, kGetDataAccess, at.name, privilege, gates));
  (void)table;
  return vended;
}

}  // namespace weir::app
