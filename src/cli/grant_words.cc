#include "cli/grant_words.h"

#include "base/text.h"

namespace weir::cli {
namespace {

using base::Json;

base::Error unreadable(std::string_view text, std::string_view why) {
  return base::invalid("cannot read the resource '" + std::string(text) + "': " + std::string(why), "resource");
}

// Comma separated, blanks around the names dropped.
std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> out;
  for (const auto& part : base::split(text, ','))
    if (auto name = base::trim(part); !name.empty()) out.emplace_back(name);
  return out;
}

// Permissions are written in capitals; people need not.
std::vector<std::string> privileges_in(std::string_view text) {
  auto names = names_in(text);
  for (auto& name : names)
    for (auto& c : name)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return names;
}

Json list_of(const std::vector<std::string>& names) {
  auto out = Json::array();
  for (const auto& name : names) out.push(name);
  return out;
}

Json member(std::string name, Json value) {
  auto out = Json::object();
  out.set(std::move(name), std::move(value));
  return out;
}

// " AND " between terms, whatever its case.
std::vector<std::string> terms_in(std::string_view text) {
  std::vector<std::string> out;
  auto lower = base::to_lower(text);
  size_t from = 0;
  for (size_t at; (at = lower.find(" and ", from)) != std::string::npos; from = at + 5)
    out.emplace_back(text.substr(from, at - from));
  out.emplace_back(text.substr(from));
  return out;
}

base::Result<Json> policy_of(std::string_view text, std::string_view on) {
  if (base::to_lower(text).ends_with(" and")) return unreadable(text, "nothing comes after AND");
  auto expression = Json::array();
  for (const auto& term : terms_in(text)) {
    auto equals = term.find('=');
    if (equals == std::string::npos) return unreadable(text, "'" + term + "' is not KEY=VALUE[,VALUE]");
    auto values = names_in(std::string_view(term).substr(equals + 1));
    auto key = base::trim(std::string_view(term).substr(0, equals));
    if (key.empty() || values.empty()) return unreadable(text, "'" + term + "' is not KEY=VALUE[,VALUE]");
    auto tag = Json::object();
    tag.set("TagKey", key).set("TagValues", list_of(values));
    expression.push(std::move(tag));
  }
  auto policy = Json::object();
  policy.set("ResourceType", on == "databases" ? "DATABASE" : "TABLE").set("Expression", std::move(expression));
  return member("LFTagPolicy", std::move(policy));
}

base::Result<Json> columns_of(std::string_view text, Json table, std::string_view inside) {
  auto list = base::trim(inside);
  if (list.empty()) return unreadable(text, "no columns are named");
  if (!list.starts_with('*')) return member("TableWithColumns", table.set("ColumnNames", list_of(names_in(list))));
  auto wildcard = Json::object();
  auto rest = base::trim(list.substr(1));
  if (!rest.empty()) {
    auto excluded = rest.starts_with('-') ? names_in(rest.substr(1)) : std::vector<std::string>();
    if (excluded.empty()) return unreadable(text, "after * comes - and the columns left out");
    wildcard.set("ExcludedColumnNames", list_of(excluded));
  }
  return member("TableWithColumns", table.set("ColumnWildcard", std::move(wildcard)));
}

base::Result<Json> filter_of(std::string_view text, const Json& table, std::string_view inside,
                             std::string_view account) {
  auto name = base::trim(inside);
  if (name.empty()) return unreadable(text, "no filter is named");
  auto filter = Json::object();
  filter.set("TableCatalogId", account).set("DatabaseName", table.text("DatabaseName"));
  filter.set("TableName", table.text("Name")).set("Name", name);
  return member("DataCellsFilter", std::move(filter));
}

base::Result<Json> table_of(std::string_view text, std::string_view database, std::string_view rest,
                            std::string_view account) {
  auto table = Json::object();
  table.set("DatabaseName", database);
  if (rest == "*") return member("Table", table.set("TableWildcard", Json::object()));
  auto open = rest.find_first_of("([");
  auto name = base::trim(rest.substr(0, open));
  if (name.empty()) return unreadable(text, "no table is named");
  table.set("Name", name);
  if (open == std::string_view::npos) return member("Table", std::move(table));
  if (rest.back() != (rest[open] == '(' ? ')' : ']')) return unreadable(text, "it ends before it is closed");
  auto inside = rest.substr(open + 1, rest.size() - open - 2);
  return rest[open] == '(' ? columns_of(text, std::move(table), inside) : filter_of(text, table, inside, account);
}

}  // namespace

base::Result<Json> resource_of(std::string_view given, std::string_view on, std::string_view account) {
  auto text = base::trim(given);
  if (text.empty()) return unreadable(given, "it is empty");
  if (text == "*") return member("Catalog", Json::object());
  if (text.starts_with("s3://"))
    return member("DataLocation", member("ResourceArn", "arn:aws:s3:::" + std::string(text.substr(5))));
  if (text.starts_with("arn:")) return member("DataLocation", member("ResourceArn", text));
  if (text.find('=') != std::string_view::npos) return policy_of(text, on);
  auto dot = text.find('.');
  if (dot == std::string_view::npos) return member("Database", member("Name", text));
  if (dot == 0) return unreadable(text, "no database is named");
  return table_of(text, text.substr(0, dot), base::trim(text.substr(dot + 1)), account);
}

base::Result<Json> request_of(const GrantWords& words, std::string_view account) {
  WEIR_TRY(auto resource, resource_of(words.resource, words.on, account));
  auto request = Json::object();
  request.set("Principal", member("DataLakePrincipalIdentifier", words.principal));
  request.set("Resource", std::move(resource));
  request.set("Permissions", list_of(privileges_in(words.permissions)));
  if (auto option = privileges_in(words.grant_option); !option.empty())
    request.set("PermissionsWithGrantOption", list_of(option));
  if (!words.condition.empty()) request.set("Condition", member("Expression", words.condition));
  return request;
}

}  // namespace weir::cli
