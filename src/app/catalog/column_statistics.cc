#include "app/catalog/column_statistics.h"

#include "app/catalog/resource_links.h"
#include "app/catalog/shown_columns.h"
#include "app/catalog/tables.h"
#include "catalog/statistics.h"

namespace weir::app {
namespace {

using permissions::Privilege;

std::string action(std::string_view verb, const StatisticsOf& of) {
  return "glue:" + std::string(verb) + "ColumnStatisticsFor" + (of.partition ? "Partition" : "Table");
}

base::Result<GovernedTable> authorize(Call& call, std::string_view verb, const StatisticsOf& of, Privilege privilege) {
  call.about("databaseName", of.table.database);
  call.about("tableName", of.table.table);
  auto links = verb == "Get" ? TableLinks::follow : TableLinks::refuse;
  return authorize_linked_table(call, action(verb, of), of.table, links, privilege);
}

base::Result<catalog::Statistics> open(store::Transaction& tx, const catalog::Table& table, const StatisticsOf& of) {
  if (!of.partition) return catalog::Statistics(tx, table);
  return catalog::Statistics::of_partition(tx, table, *of.partition);
}

base::Error none_of(const std::string& column) {
  return base::not_found("Column " + column + " has no statistics.", "statistics");
}

}  // namespace

base::Result<StatisticsFound> get_column_statistics(Call& call, const StatisticsOf& of,
                                                    const std::vector<std::string>& columns) {
  WEIR_TRY(auto governed, authorize(call, "Get", of, Privilege::select));
  ShownColumns shown(governed.decision);
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto all, open(*tx, *governed.table, of));
  StatisticsFound out;
  for (const auto& column : columns) {
    std::optional<catalog::ColumnStatistics> found;
    if (shown.shows_all_data_of(column)) {
      WEIR_TRY(found, all.find(column));
    }
    if (found) {
      out.statistics.push_back(std::move(*found));
    } else {
      out.failures.push_back({column, none_of(column)});
    }
  }
  return out;
}

base::Result<std::vector<StatisticsFailure>> update_column_statistics(
    Call& call, const StatisticsOf& of, const std::vector<catalog::ColumnStatistics>& statistics) {
  WEIR_TRY(auto governed, authorize(call, "Update", of, Privilege::alter));
  std::vector<StatisticsFailure> failures;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    failures.clear();
    WEIR_TRY(auto there, same_table(tx, governed));
    WEIR_TRY(auto all, open(tx, there, of));
    for (size_t i = 0; i < statistics.size(); ++i) {
      auto status = all.put(statistics[i]);
      if (!status.ok() && status.error().kind == base::Kind::internal) return status;
      if (!status.ok()) failures.push_back({i, std::move(status).error()});
    }
    return {};
  }));
  return failures;
}

base::Status delete_column_statistics(Call& call, const StatisticsOf& of, const std::string& column) {
  WEIR_TRY(auto governed, authorize(call, "Delete", of, Privilege::alter));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(auto there, same_table(tx, governed));
    WEIR_TRY(auto all, open(tx, there, of));
    return all.erase(column);
  });
}

}  // namespace weir::app
