#include "app/vending/unfiltered.h"

#include "app/catalog/places_of_table.h"
#include "app/catalog/resource_links.h"
#include "app/wording.h"

namespace weir::app {
namespace {

using permissions::Privilege;

// To who reads with its own rights the place is like one that is not registered: nothing will be vended.
bool registered(const Call& call, const GovernedTable& table, const std::optional<names::S3Path>& place) {
  return place && governing(call, table.name.catalog, *place) && !has_own_data_access(call, table, *place);
}

// Each data permission that the engine says it needs.
base::Status check_asked(const Call& call, const GovernedTable& table, const std::vector<std::string>& names) {
  auto facts = facts_of(*table.table);
  for (const auto& name : names) {
    WEIR_TRY(auto privilege, permissions::parse_privilege(name));
    auto decision =
        permissions::decide({call.lake_caller(table.name.catalog), privilege, table.decision.resource, &facts},
                            call.state().permissions(table.name.catalog));
    if (!decision.allowed()) return base::denied(insufficient(privilege, decision.resource), "access");
  }
  return {};
}

// Both gates and the engine's: the caller may see the table's metadata, and can enforce its view.
// Of a resource link's target it is the owner's settings that count.
base::Result<GovernedTable> authorize_engine(Call& call, std::string_view action, const UnfilteredRequest& request) {
  WEIR_TRY(auto followed, follow(call, action, request.table, TableLinks::follow));
  TableGates gates;
  gates.between = [&] { return trust_gate(call, followed.name.catalog, request.engine); };
  gates.last = [&](const GovernedTable& table) -> std::optional<Refusal> {
    const auto& view = table.decision.view;
    if (auto refusal = full_access_gate(call, followed.name.catalog, view, request.engine)) return refusal;
    if (auto status = check_asked(call, table, request.permissions); !status.ok())
      return Refusal{"Lake Formation", status.error()};
    if (auto status = permissions::check_enforceable(view, request.supported); !status.ok())
      return Refusal{"enforceable view", status.error()};
    return std::nullopt;
  };
  // An engine that says what it will do is asked about that; metadata alone takes DESCRIBE.
  auto privilege = Privilege::describe;
  if (!request.permissions.empty()) {
    WEIR_TRY(privilege, permissions::parse_privilege(request.permissions.front()));
  }
  return authorize_table(call, action, followed, privilege, gates);
}

UnfilteredPartition describe(const Call& call, const GovernedTable& table, const permissions::EncodedView& view,
                             catalog::Partition partition) {
  auto place = location_of(*table.table, partition);
  return {std::move(partition), view.authorized_columns, registered(call, table, place)};
}

}  // namespace

base::Result<UnfilteredTable> get_unfiltered_table(Call& call, const UnfilteredRequest& request) {
  call.about("tableName", request.table.table);
  call.about("databaseName", request.table.database);
  UnfilteredTable out;
  WEIR_TRY(out.table, authorize_engine(call, "glue:GetTable", request));
  WEIR_TRY(out.view, permissions::encode_view(out.table.decision.view));
  out.registered = registered(call, out.table, location_of(*out.table.table));
  out.authorization_id = base::quick_uuid();
  return out;
}

base::Result<UnfilteredPartition> get_unfiltered_partition(Call& call, const UnfilteredRequest& request,
                                                           const std::vector<std::string>& values) {
  WEIR_TRY(auto table, authorize_engine(call, "glue:GetPartition", request));
  WEIR_TRY(auto view, permissions::encode_view(table.decision.view));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto partition, catalog::Partitions(*tx, *table.table).get(values));
  return describe(call, table, view, std::move(partition));
}

base::Result<UnfilteredPartitions> get_unfiltered_partitions(Call& call, const UnfilteredRequest& request,
                                                             const PartitionQuery& query) {
  WEIR_TRY(auto table, authorize_engine(call, "glue:GetPartitions", request));
  WEIR_TRY(auto view, permissions::encode_view(table.decision.view));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  catalog::Partitions partitions(*tx, *table.table);
  WEIR_TRY(auto predicate, partitions.parse_expression(query.expression));
  WEIR_TRY(auto page, partitions.list(predicate, query.segment, query.page));
  UnfilteredPartitions out;
  for (auto& partition : page.items) out.partitions.push_back(describe(call, table, view, std::move(partition)));
  out.next_token = page.next_token;
  return out;
}

}  // namespace weir::app
