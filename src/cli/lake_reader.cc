#include "cli/lake_reader.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "cli/iam_reader.h"
#include "cli/sorted_items.h"
#include "names/arn.h"

namespace weir::cli {
namespace {

using base::Json;

constexpr size_t kColumnsPerRead = 100;  // of GetColumnStatisticsFor...
constexpr size_t kColumnsPerWrite = 25;  // of UpdateColumnStatisticsFor...

Json object(std::initializer_list<std::pair<const char*, Json>> members) {
  Json out = Json::object();
  for (const auto& [name, value] : members) out.set(name, value);
  return out;
}

const Json::Array& list_of(const Json& item, std::string_view member) {
  static const Json::Array kNone;
  const auto* found = item.find(member);
  return found && found->as_array() ? *found->as_array() : kNone;
}

void add_columns(const Json& item, std::string_view member, std::vector<std::string>& out) {
  for (const auto& column : list_of(item, member)) out.push_back(column.text("Name"));
}

// Lists that tell a section whole, and where an item is in what they tell.
struct Listed {
  std::string_view operation;
  std::string_view list;
  Json (*item)(const Json& told);
};

// What is registered says which role, not that it was asked for by name: a role of the service is its own.
Json location_item(const Json& told) {
  Json out = told;
  if (told.text("RoleArn").find(":role/aws-service-role/lakeformation.amazonaws.com/") == std::string::npos) return out;
  std::erase_if(*out.as_object(), [](const auto& member) { return member.first == "RoleArn"; });
  return out.set("UseServiceLinkedRole", true);
}

Json filter_item(const Json& told) {
  Json data = told;
  std::erase_if(*data.as_object(), [](const auto& member) { return member.first == "VersionId"; });
  return object({{"TableData", data}});
}

Json itself(const Json& told) { return told; }

// A resource link is told with its target's properties, which are not the link's to be made with.
Json bare_link(const Json& told, std::string_view target) {
  Json out = told;
  std::erase_if(*out.as_object(), [&](const auto& member) {
    return member.first != "Name" && member.first != "Description" && member.first != "Owner" && member.first != target;
  });
  return out;
}

const std::map<std::string_view, Listed>& lists() {
  static const std::map<std::string_view, Listed> table = {
      {"Resources", {"ListResources", "ResourceInfoList", &location_item}},
      {"LFTags", {"ListLFTags", "LFTags", &itself}},
      {"LFTagExpressions", {"ListLFTagExpressions", "LFTagExpressions", &itself}},
      {"DataCellsFilters", {"ListDataCellsFilter", "DataCellsFilters", &filter_item}},
      {"OptIns", {"ListLakeFormationOptIns", "LakeFormationOptInsInfoList", &itself}},
  };
  return table;
}

// "Table name and table wildcard cannot both be present" in a request, as they are in answers of AWS.
Json grant_item(Json row) {
  auto* resource = row.find("Resource");
  auto* table = resource ? resource->find("Table") : nullptr;
  if (table && table->find("TableWildcard"))
    std::erase_if(*table->as_object(), [](const auto& member) { return member.first == "Name"; });
  return row;
}

// Rows of one principal, resource and condition are one grant.
class GrantRows {
 public:
  void add(const Json& row) {
    auto& held = by_what_[atom_id({key(row, "Principal"), key(row, "Resource"), key(row, "Condition")})];
    if (held.is_null()) {
      held = row;
      return;
    }
    for (auto member : {"Permissions", "PermissionsWithGrantOption"}) merge(held, row, member);
  }
  const std::map<std::string, Json>& all() const { return by_what_; }

 private:
  static std::string key(const Json& row, std::string_view member) {
    const auto* value = row.find(member);
    return value ? value->dump() : "";
  }
  static void merge(Json& into, const Json& row, std::string_view member) {
    auto all = list_of(into, member);
    for (const auto& permission : list_of(row, member))
      if (std::find(all.begin(), all.end(), permission) == all.end()) all.push_back(permission);
    into.set(std::string(member), all);
  }
  std::map<std::string, Json> by_what_;
};

}  // namespace

Json to_json(const std::vector<LeftOut>& list) {
  Json out = Json::array();
  for (const auto& item : list) out.push(object({{"What", item.what}, {"Why", item.why}}));
  return out;
}

base::Status LakeReader::read(LakeSink& sink) {
  WEIR_CHECK_OK(check_reader());
  for (const auto& section : sections()) {
    if (section.is_iam() && !options_.with_iam) continue;
    WEIR_CHECK_OK(sink.begin(section));
    WEIR_CHECK_OK(section.is_iam() ? read_iam_section(api_, section, sink, left_out_) : read_section(section, sink));
  }
  return {};
}

base::Status LakeReader::read_section(const Section& section, LakeSink& sink) {
  if (section.name == "Databases") return read_databases(section, sink);
  if (section.name == "Tables") return read_tables(section, sink);
  if (section.name == "Partitions") return read_partitions(section, sink);
  if (section.name == "ColumnStatistics") return read_table_statistics(section, sink);
  if (section.name == "PartitionColumnStatistics") return read_partition_statistics(section, sink);
  if (section.name == "UserDefinedFunctions") return read_functions(section, sink);
  if (section.name == "LFTagAssignments") return read_assignments(section, sink);
  if (section.name == "Permissions") return read_grants(section, sink);
  if (section.name == "Settings") return read_settings(section, sink);
  return read_list(section, sink);
}

base::Status LakeReader::check_reader() {
  WEIR_TRY(auto self, api_.call("lakeformation", "GetDataLakePrincipal", Json::object()));
  reader_ = self.text("Identity");
  WEIR_TRY(auto answer, api_.call("lakeformation", "GetDataLakeSettings", Json::object()));
  const auto* settings = answer.find("DataLakeSettings");
  for (auto member : {"DataLakeAdmins", "ReadOnlyAdmins"})
    for (const auto& admin : settings ? list_of(*settings, member) : Json::Array())
      if (admin.text("DataLakePrincipalIdentifier") == reader_) return {};
  return base::denied(reader_ + " is not an administrator of the data lake of account " + account_ +
                          ": it would be shown a part of the lake, not the lake",
                      "administrator");
}

bool LakeReader::is_own(const Json& told) const { return told.text("CatalogId", account_) == account_; }

base::Status LakeReader::read_list(const Section& section, LakeSink& sink) {
  const auto& listed = lists().at(section.name);
  SortedItems items(section);
  WEIR_CHECK_OK(
      api_.each(section.service, listed.operation, Json::object(), listed.list, [&](const Json& told) -> base::Status {
        auto item = canonical_item(section, listed.item(told));
        if (is_own(told))
          items.add(item);
        else
          left_out_.push_back({name_of(section, item), "it belongs to account " + told.text("CatalogId")});
        return {};
      }));
  return items.flush(sink);
}

base::Status LakeReader::read_databases(const Section& section, LakeSink& sink) {
  SortedItems items(section);
  WEIR_CHECK_OK(
      api_.each("glue", "GetDatabases", Json::object(), "DatabaseList", [&](const Json& told) -> base::Status {
        auto name = told.text("Name");
        if (!is_own(told)) {
          left_out_.push_back({"database " + name, "it is shared by account " + told.text("CatalogId")});
          return {};
        }
        bool link = told.find("TargetDatabase") != nullptr;
        if (!link) databases_.push_back(name);  // a link has nothing inside
        WEIR_TRY(auto account, names::AccountId::parse(account_));
        WEIR_TRY(auto tags,
                 api_.call("glue", "GetTags", object({{"ResourceArn", names::database_arn(region_, account, name)}})));
        auto item = object({{"DatabaseInput", link ? bare_link(told, "TargetDatabase") : told}});
        if (const auto* given = tags.find("Tags"); given && given->as_object() && !given->as_object()->empty())
          item.set("Tags", *given);
        items.add(canonical_item(section, item));
        return {};
      }));
  std::sort(databases_.begin(), databases_.end());
  return items.flush(sink);
}

base::Result<Json> LakeReader::table_item(const std::string& database, const Json& told) {
  if (told.find("TargetTable"))
    return object({{"DatabaseName", database}, {"TableInput", bare_link(told, "TargetTable")}});
  auto item = object({{"DatabaseName", database}, {"TableInput", told}});
  Table table{database, told.text("Name"), {}, !list_of(told, "PartitionKeys").empty()};
  if (const auto* storage = told.find("StorageDescriptor")) add_columns(*storage, "Columns", table.columns);
  Json::Array indexes;
  if (table.partitioned) {
    WEIR_CHECK_OK(api_.each("glue", "GetPartitionIndexes",
                            object({{"DatabaseName", database}, {"TableName", table.name}}),
                            "PartitionIndexDescriptorList", [&](const Json& index) -> base::Status {
                              Json::Array keys;
                              for (const auto& key : list_of(index, "Keys")) keys.emplace_back(key.text("Name"));
                              indexes.push_back(object({{"Keys", keys}, {"IndexName", index.text("IndexName")}}));
                              return {};
                            }));
  }
  std::sort(indexes.begin(), indexes.end(),
            [](const Json& a, const Json& b) { return a.text("IndexName") < b.text("IndexName"); });
  if (!indexes.empty()) item.set("PartitionIndexes", indexes);
  tables_.push_back(std::move(table));
  return item;
}

base::Status LakeReader::read_tables(const Section& section, LakeSink& sink) {
  for (const auto& database : databases_) {
    SortedItems items(section);
    WEIR_CHECK_OK(api_.each("glue", "GetTables", object({{"DatabaseName", database}}), "TableList",
                            [&](const Json& told) -> base::Status {
                              if (!is_own(told)) return {};  // what a link to a database shows
                              WEIR_TRY(auto item, table_item(database, told));
                              items.add(canonical_item(section, item));
                              return {};
                            }));
    WEIR_CHECK_OK(items.flush(sink));
  }
  std::sort(tables_.begin(), tables_.end(),
            [](const Table& a, const Table& b) { return std::tie(a.database, a.name) < std::tie(b.database, b.name); });
  return {};
}

base::Status LakeReader::each_partition(const Table& table, const Visit& visit) const {
  if (!table.partitioned) return {};
  return api_.each("glue", "GetPartitions", object({{"DatabaseName", table.database}, {"TableName", table.name}}),
                   "Partitions", visit);
}

base::Status LakeReader::read_partitions(const Section& section, LakeSink& sink) {
  for (const auto& table : tables_) {
    SortedItems items(section);
    WEIR_CHECK_OK(each_partition(table, [&](const Json& told) -> base::Status {
      items.add(canonical_item(
          section, object({{"DatabaseName", table.database}, {"TableName", table.name}, {"PartitionInput", told}})));
      return {};
    }));
    WEIR_CHECK_OK(items.flush(sink));
  }
  return {};
}

// In requests of the size that may be written. Statistics tell of the data: who may not read it is refused.
base::Result<std::vector<Json>> LakeReader::statistics_of(const Table& table, const Json* partition) {
  auto base_item = object({{"DatabaseName", table.database}, {"TableName", table.name}});
  if (partition) base_item.set("PartitionValues", *partition);
  const auto* operation = partition ? "GetColumnStatisticsForPartition" : "GetColumnStatisticsForTable";
  Json::Array found;
  for (size_t from = 0; from < table.columns.size(); from += kColumnsPerRead) {
    Json::Array names;
    for (size_t i = from; i < std::min(from + kColumnsPerRead, table.columns.size()); ++i)
      names.emplace_back(table.columns[i]);
    auto request = base_item;
    WEIR_TRY(auto answer, api_.call("glue", operation, request.set("ColumnNames", names)));
    for (const auto& column : list_of(answer, "ColumnStatisticsList")) found.push_back(column);
  }
  std::sort(found.begin(), found.end(),
            [](const Json& a, const Json& b) { return a.text("ColumnName") < b.text("ColumnName"); });
  std::vector<Json> out;
  for (size_t from = 0; from < found.size(); from += kColumnsPerWrite) {
    auto until = std::min(from + kColumnsPerWrite, found.size());
    auto request = base_item;
    out.push_back(request.set("ColumnStatisticsList", Json::Array(found.begin() + static_cast<std::ptrdiff_t>(from),
                                                                  found.begin() + static_cast<std::ptrdiff_t>(until))));
  }
  return out;
}

base::Status LakeReader::read_table_statistics(const Section& section, LakeSink& sink) {
  for (const auto& table : tables_) {
    auto found = statistics_of(table, nullptr);
    if (!found && found.error().kind == base::Kind::denied) {
      left_out_.push_back(
          {"column statistics of " + table.database + "." + table.name, reader_ + " may not read the table's data"});
      continue;
    }
    if (!found) return std::move(found).error();
    for (const auto& item : *found) WEIR_CHECK_OK(sink.add(section, canonical_item(section, item)));
  }
  return {};
}

base::Status LakeReader::read_partition_statistics(const Section& section, LakeSink& sink) {
  if (!options_.partition_statistics) {
    left_out_.push_back({"column statistics of partitions", "as asked"});
    return {};
  }
  for (const auto& table : tables_) {
    SortedItems items(section);
    auto status = each_partition(table, [&](const Json& told) -> base::Status {
      const auto* values = told.find("Values");
      if (!values) return {};
      WEIR_TRY(auto found, statistics_of(table, values));
      for (const auto& item : found) items.add(canonical_item(section, item));
      return {};
    });
    if (!status.ok() && status.error().kind == base::Kind::denied) {
      left_out_.push_back({"column statistics of the partitions of " + table.database + "." + table.name,
                           reader_ + " may not read the table's data"});
      continue;
    }
    WEIR_CHECK_OK(std::move(status));
    WEIR_CHECK_OK(items.flush(sink));
  }
  return {};
}

base::Status LakeReader::read_functions(const Section& section, LakeSink& sink) {
  for (const auto& database : databases_) {
    SortedItems items(section);
    WEIR_CHECK_OK(
        api_.each("glue", "GetUserDefinedFunctions", object({{"DatabaseName", database}, {"Pattern", "*"}}),
                  "UserDefinedFunctions", [&](const Json& told) -> base::Status {
                    items.add(canonical_item(section, object({{"DatabaseName", database}, {"FunctionInput", told}})));
                    return {};
                  }));
    WEIR_CHECK_OK(items.flush(sink));
  }
  return {};
}

base::Status LakeReader::read_assignments(const Section& section, LakeSink& sink) {
  SortedItems items(section);
  auto add = [&](const Json& resource, const Json* tags) {
    if (!tags || !tags->as_array() || tags->as_array()->empty()) return;
    items.add(canonical_item(section, object({{"Resource", resource}, {"LFTags", *tags}})));
  };
  auto ask = [&](const Json& resource) {
    return api_.call("lakeformation", "GetResourceLFTags",
                     object({{"Resource", resource}, {"ShowAssignedLFTags", true}}));
  };
  for (const auto& database : databases_) {
    auto resource = object({{"Database", object({{"Name", database}})}});
    WEIR_TRY(auto told, ask(resource));
    add(resource, told.find("LFTagOnDatabase"));
  }
  for (const auto& table : tables_) {
    auto named = object({{"DatabaseName", table.database}, {"Name", table.name}});
    auto resource = object({{"Table", named}});
    WEIR_TRY(auto told, ask(resource));
    add(resource, told.find("LFTagsOnTable"));
    for (const auto& column : list_of(told, "LFTagsOnColumns")) {
      auto one = named;
      add(object({{"TableWithColumns", one.set("ColumnNames", Json::Array{column.text("Name")})}}),
          column.find("LFTags"));
    }
  }
  return items.flush(sink);
}

base::Status LakeReader::read_grants(LakeSink& sink) const {
  const auto* section = find_section("Permissions");
  WEIR_CHECK_OK(sink.begin(*section));
  return read_grants(*section, sink);
}

base::Status LakeReader::read_grants(const Section& section, LakeSink& sink) const {
  GrantRows rows;
  WEIR_CHECK_OK(api_.each("lakeformation", "ListPermissions", Json::object(), "PrincipalResourcePermissions",
                          [&](const Json& row) -> base::Status {
                            rows.add(canonical_item(section, grant_item(row)));
                            return {};
                          }));
  for (const auto& [what, row] : rows.all()) WEIR_CHECK_OK(sink.add(section, canonical_item(section, row)));
  return {};
}

base::Status LakeReader::read_settings(const Section& section, LakeSink& sink) {
  WEIR_TRY(auto answer, api_.call("lakeformation", "GetDataLakeSettings", Json::object()));
  return sink.add(section, canonical_item(section, answer));
}

}  // namespace weir::cli
