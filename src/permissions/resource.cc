#include "permissions/resource.h"

#include <array>

#include "base/text.h"

namespace weir::permissions {
namespace {

using base::Result;
using enum ResourceKind;

constexpr size_t kNameLengthMax = 255;
constexpr std::array<std::string_view, 11> kKindNames{
    "catalog",       "database",       "table",  "all_tables",    "columns",          "data_cells_filter",
    "data_location", "nested_catalog", "lf_tag", "lf_tag_policy", "lf_tag_expression"};

Result<Resource> make(ResourceKind kind, std::string_view catalog, std::string_view database = {},
                      std::string_view table = {}) {
  WEIR_CHECK_OK(check_name(catalog, "catalog id"));
  if (!names::is_account_id(catalog))
    return base::fail(
        base::Kind::unsupported,
        "This server has one catalog per account; its id is the account id, not " + std::string(catalog.substr(0, 64)),
        "catalog");
  Resource out;
  out.kind = kind;
  out.catalog = catalog;
  out.database = base::to_lower(database);
  out.table = base::to_lower(table);
  return out;
}

Result<Resource> make_table(ResourceKind kind, std::string_view catalog, std::string_view database,
                            std::string_view table) {
  WEIR_CHECK_OK(check_name(database, "database name"));
  WEIR_CHECK_OK(check_name(table, "table name"));
  return make(kind, catalog, database, table);
}

Result<ResourceKind> kind_named(std::string_view name) {
  for (size_t i = 0; i < kKindNames.size(); ++i)
    if (kKindNames[i] == name) return static_cast<ResourceKind>(i);
  return base::internal("record: unknown kind of resource " + std::string(name.substr(0, 64)));
}

std::string_view name_of(PolicyTarget on) { return on == PolicyTarget::databases ? "databases" : "tables"; }

// The parts of a policy's key: kind, catalog, target, expression, name.
Result<Resource> policy_of(const std::vector<std::string>& parts) {
  if (parts[2] != "databases" && parts[2] != "tables")
    return base::internal("record: a policy on neither databases nor tables");
  auto on = parts[2] == "databases" ? PolicyTarget::databases : PolicyTarget::tables;
  if (!parts[4].empty()) return Resource::of_named_policy(parts[1], on, parts[4]);
  WEIR_TRY(auto expression, TagExpression::decode(parts[3]));
  return Resource::of_policy(parts[1], on, std::move(expression));
}

std::string parts_text(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (auto part : parts) (out += '/') += base::uri_encode(part);
  return out;
}

}  // namespace

std::string_view name_of(ResourceKind kind) { return kKindNames[static_cast<size_t>(kind)]; }

base::Status check_name(std::string_view name, std::string_view noun) {
  auto refuse = [&](std::string_view why) {
    return base::invalid("The " + std::string(noun) + " " + std::string(why), std::string(noun));
  };
  if (name.empty()) return refuse("is missing");
  if (!base::is_valid_utf8(name)) return refuse("is not UTF-8");
  if (base::utf8_length(name) > kNameLengthMax) return refuse("is longer than 255 characters");
  if (base::has_control_characters(name)) return refuse("has control characters");
  return {};
}

names::S3Path canonical(names::S3Path path) {
  while (path.key.ends_with('/')) path.key.pop_back();
  return path;
}

Result<Resource> Resource::of_catalog(std::string_view catalog) { return make(ResourceKind::catalog, catalog); }

Result<Resource> Resource::of_database(std::string_view catalog, std::string_view database) {
  WEIR_CHECK_OK(check_name(database, "database name"));
  return make(ResourceKind::database, catalog, database);
}
Result<Resource> Resource::of_table(std::string_view catalog, std::string_view database, std::string_view table) {
  return make_table(ResourceKind::table, catalog, database, table);
}
Result<Resource> Resource::of_all_tables(std::string_view catalog, std::string_view database) {
  WEIR_CHECK_OK(check_name(database, "database name"));
  return make(all_tables, catalog, database);
}
Result<Resource> Resource::of_columns(std::string_view catalog, std::string_view database, std::string_view table,
                                      ColumnSet columns) {
  if (columns.is_empty()) return base::invalid("A column selection names columns or a column wildcard.", "column");
  for (const auto& name : columns.names()) WEIR_CHECK_OK(check_name(name, "column name"));
  WEIR_TRY(auto out, make_table(ResourceKind::columns, catalog, database, table));
  out.columns = std::move(columns);
  return out;
}
Result<Resource> Resource::of_filter(std::string_view catalog, std::string_view database, std::string_view table,
                                     std::string_view filter) {
  WEIR_CHECK_OK(check_name(filter, "data cells filter name"));
  WEIR_TRY(auto out, make_table(data_cells_filter, catalog, database, table));
  out.filter = filter;
  return out;
}
Result<Resource> Resource::of_location(std::string_view catalog, std::string_view arn) {
  WEIR_TRY(auto path, names::S3Path::parse(arn));
  WEIR_TRY(auto out, make(data_location, catalog));
  out.location = canonical(std::move(path));
  return out;
}

Result<Resource> Resource::of_tag(std::string_view catalog, std::string_view key, std::string_view value) {
  WEIR_TRY(auto out, make(lf_tag, catalog));
  WEIR_TRY(out.tag_key, permissions::tag_key(key));
  WEIR_TRY(out.tag_value, permissions::tag_value(value));
  return out;
}
Result<Resource> Resource::of_policy(std::string_view catalog, PolicyTarget on, TagExpression expression) {
  if (expression.empty()) return base::invalid("An LF-Tag policy has an expression.", "tag");
  WEIR_TRY(auto out, make(lf_tag_policy, catalog));
  out.policy_on = on;
  out.expression = std::move(expression);
  return out;
}
Result<Resource> Resource::of_named_policy(std::string_view catalog, PolicyTarget on, std::string_view name) {
  WEIR_TRY(auto out, of_expression(catalog, name));
  out.kind = lf_tag_policy;
  out.policy_on = on;
  return out;
}
Result<Resource> Resource::of_expression(std::string_view catalog, std::string_view name) {
  WEIR_CHECK_OK(check_name(name, "LF-Tag expression name"));
  WEIR_TRY(auto out, make(lf_tag_expression, catalog));
  out.expression_name = name;
  return out;
}

std::string Resource::key() const {
  std::string out(name_of(kind));
  out += parts_text({catalog});
  switch (kind) {
    case ResourceKind::catalog:
    case nested_catalog: break;
    case ResourceKind::database:
    case all_tables: out += parts_text({database}); break;
    case ResourceKind::table:
    case ResourceKind::columns: out += parts_text({database, table}); break;
    case data_cells_filter: out += parts_text({database, table, filter}); break;
    case data_location: out += parts_text({location.bucket, location.key}); break;
    case lf_tag: out += parts_text({tag_key, tag_value}); break;
    case lf_tag_policy: out += parts_text({name_of(policy_on), expression.encoded(), expression_name}); break;
    case lf_tag_expression: out += parts_text({expression_name}); break;
  }
  return out;
}

Result<Resource> Resource::parse_key(std::string_view key) {
  std::vector<std::string> parts;
  for (auto part : base::split(key, '/')) parts.push_back(base::uri_decode(part));
  WEIR_TRY(auto kind, kind_named(parts[0]));
  auto with = [&](size_t n) { return parts.size() == n; };
  if (kind == ResourceKind::catalog && with(2)) return of_catalog(parts[1]);
  if (kind == ResourceKind::database && with(3)) return of_database(parts[1], parts[2]);
  if (kind == all_tables && with(3)) return of_all_tables(parts[1], parts[2]);
  if (kind == ResourceKind::table && with(4)) return of_table(parts[1], parts[2], parts[3]);
  if (kind == ResourceKind::columns && with(4)) return make_table(kind, parts[1], parts[2], parts[3]);
  if (kind == data_cells_filter && with(5)) return of_filter(parts[1], parts[2], parts[3], parts[4]);
  if (kind == data_location && with(4)) return of_location(parts[1], "s3://" + parts[2] + "/" + parts[3]);
  if (kind == lf_tag && with(4)) return of_tag(parts[1], parts[2], parts[3]);
  if (kind == lf_tag_expression && with(3)) return of_expression(parts[1], parts[2]);
  if (kind == lf_tag_policy && with(5)) return policy_of(parts);
  return base::internal("record: not the key of a resource this server knows: " + std::string(key.substr(0, 256)));
}

Level Resource::level() const {
  switch (kind) {
    case ResourceKind::catalog: return Level::catalog;
    case ResourceKind::database: return Level::database;
    case ResourceKind::table:
    case all_tables: return Level::table;
    case ResourceKind::columns: return Level::columns;
    case data_cells_filter: return Level::data_cells_filter;
    case data_location: return Level::data_location;
    case nested_catalog: return Level::nested_catalog;
    case lf_tag: return tag_value == kAnyTagValue ? Level::lf_tag : Level::lf_tag_values;
    case lf_tag_policy:
      return policy_on == PolicyTarget::databases ? Level::tag_policy_database : Level::tag_policy_table;
    case lf_tag_expression: return Level::lf_tag_expression;
  }
  return Level::catalog;
}

std::string Resource::text() const {
  auto dotted = database + "." + table;
  switch (kind) {
    case ResourceKind::catalog: return "catalog";
    case ResourceKind::database: return "database " + database;
    case ResourceKind::table: return "table " + dotted;
    case all_tables: return "all tables of " + database;
    case ResourceKind::columns: return "columns " + columns.text() + " of " + dotted;
    case data_cells_filter: return "filter " + filter + " on " + dotted;
    case data_location: return "location " + location.url();
    case lf_tag: return "LF-Tag " + tag_key + "=" + tag_value;
    case lf_tag_policy:
      return std::string(name_of(policy_on)) + " with LF-Tags " +
             (expression_name.empty() ? expression.text() : "of expression " + expression_name);
    case lf_tag_expression: return "LF-Tag expression " + expression_name;
    case nested_catalog: break;
  }
  return std::string(name_of(kind));
}

bool Resource::concerns_table() const {
  return kind == ResourceKind::table || kind == ResourceKind::columns || kind == data_cells_filter;
}

base::Json to_json(ResourceKind kind) { return name_of(kind); }
base::Status from_json(const base::Json& json, ResourceKind& kind) {
  WEIR_TRY(kind, kind_named(json.as_string() ? *json.as_string() : ""));
  return {};
}

base::Json to_json(const Resource& resource) {
  base::Json out = base::Json::object();
  out.set("Key", resource.key());
  if (resource.kind == columns) out.set("Columns", to_json(resource.columns));
  return out;
}

base::Status from_json(const base::Json& json, Resource& resource) {
  WEIR_TRY(resource, Resource::parse_key(json.text("Key")));
  if (resource.kind != columns) return {};
  const auto* chosen = json.find("Columns");
  if (!chosen) return base::internal("record: a column grant without columns");
  return from_json(*chosen, resource.columns);
}

}  // namespace weir::permissions
