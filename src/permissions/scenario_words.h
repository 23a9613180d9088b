// Reading the words of tests/scenarios/README.md. For tests only.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "permissions/principal.h"
#include "permissions/resource.h"
#include "permissions/table_facts.h"

namespace weir::permissions::scenario {

inline const std::string kAccount = "111122223333";

// Splits at the first `mark`; the second half is empty when it is not there.
inline std::pair<std::string, std::string> cut(std::string_view text, std::string_view mark) {
  auto at = text.find(mark);
  if (at == std::string_view::npos) return {std::string(base::trim(text)), ""};
  return {std::string(base::trim(text.substr(0, at))), std::string(base::trim(text.substr(at + mark.size())))};
}

inline std::vector<std::string> words(std::string_view text, char separator) {
  std::vector<std::string> out;
  for (auto piece : base::split(text, separator)) out.emplace_back(base::trim(piece));
  if (out.size() == 1 && out[0].empty()) out.clear();
  return out;
}

// Takes `ending` off the end of `text`, if it is there.
inline bool take_ending(std::string& text, std::string_view ending) {
  if (!text.ends_with(ending)) return false;
  text.resize(text.size() - ending.size());
  return true;
}

inline std::string unquoted(std::string_view text) {
  return text.size() >= 2 && text.front() == '"' && text.back() == '"' ? std::string(text.substr(1, text.size() - 2))
                                                                       : std::string(text);
}

inline std::string principal(std::string_view word) {
  auto iam = "arn:aws:iam::" + kAccount + ":";
  auto [kind, name] = cut(word, "/");
  if (word == "everybody") return std::string(kIamAllowedPrincipals);
  if (word == "all-principals") return account_iam_principals(kAccount);
  if (kind == "saml-user") return iam + "saml-provider/idp:user/" + name;
  if (kind == "saml-group") return iam + "saml-provider/idp:group/" + name;
  return iam + std::string(word);
}

inline ColumnSet columns(std::string_view text) {
  auto [head, excluded] = cut(text, "-");
  if (head == "*" || head == "all") return ColumnSet::all_except(words(excluded, ','));
  return ColumnSet::only(words(text, ','));
}

// "area=eu,us & pii=no"
inline base::Result<TagExpression> expression(std::string_view text) {
  std::vector<TagTerm> terms;
  for (const auto& word : words(text, '&')) {
    auto [key, values] = cut(word, "=");
    terms.push_back({key, values.empty() ? std::vector<std::string>{""} : words(values, ',')});
  }
  return TagExpression::of(std::move(terms));
}

// "tables with EXPRESSION", "databases of expression NAME"
inline base::Result<Resource> policy(const std::string& text) {
  auto [on, rest] = cut(text, " ");
  auto target = on == "databases" ? PolicyTarget::databases : PolicyTarget::tables;
  if (rest.starts_with("of expression ")) return Resource::of_named_policy(kAccount, target, rest.substr(14));
  WEIR_TRY(auto terms, expression(cut(rest, " ").second));
  return Resource::of_policy(kAccount, target, std::move(terms));
}

// The tags a principal brings along: "role/a[department=sales]+saml-group/g"
inline std::vector<std::pair<std::string, std::string>> take_tags(std::string& who) {
  std::vector<std::pair<std::string, std::string>> out;
  auto open = who.find('['), close = who.find(']');
  if (open == std::string::npos || close == std::string::npos) return out;
  for (const auto& word : words(who.substr(open + 1, close - open - 1), ',')) out.push_back(cut(word, "="));
  who.erase(open, close - open + 1);
  return out;
}

// "database d", "d.t", "d.t(c)"
inline TagPlace tag_place(const std::string& text) {
  if (text.starts_with("database ")) return {kAccount, text.substr(9), "", ""};
  auto [table, column] = cut(text, "(");
  take_ending(column, ")");
  auto [database, leaf] = cut(table, ".");
  return {kAccount, database, leaf, column};
}

inline base::Result<Resource> object(const std::string& text) {
  if (text.starts_with("tables ") || text.starts_with("databases ")) return policy(text);
  if (text.starts_with("expression ")) return Resource::of_expression(kAccount, text.substr(11));
  if (text.starts_with("tag ")) {
    auto [key, value] = cut(text.substr(4), "=");
    return Resource::of_tag(kAccount, key, value);
  }
  if (text == "catalog") return Resource::of_catalog(kAccount);
  if (text.starts_with("database ")) return Resource::of_database(kAccount, text.substr(9));
  if (text.starts_with("location ")) return Resource::of_location(kAccount, text.substr(9));
  if (text.starts_with("filter ")) {
    auto [name, table] = cut(text.substr(7), " on ");
    auto [database, leaf] = cut(table, ".");
    return Resource::of_filter(kAccount, database, leaf, name);
  }
  auto [table, chosen] = cut(text, "(");
  auto [database, leaf] = cut(table, ".");
  if (leaf == "*") return Resource::of_all_tables(kAccount, database);
  if (chosen.empty()) return Resource::of_table(kAccount, database, leaf);
  take_ending(chosen, ")");
  return Resource::of_columns(kAccount, database, leaf, columns(chosen));
}

inline void add_columns(TableFacts& table, std::string_view text, bool partition_keys) {
  for (const auto& word : words(text, ',')) {
    auto [name, type] = cut(word, ":");
    table.columns.push_back({name, type, partition_keys});
  }
}

inline std::vector<std::vector<std::string>> rows(std::string_view text) {
  std::vector<std::vector<std::string>> out;
  for (const auto& row : words(text, '|')) out.push_back(words(row, ','));
  return out;
}

}  // namespace weir::permissions::scenario
