#include "app/catalog/search_match.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "store/key.h"

namespace weir::app {
namespace {

using base::equal_ignoring_case;

std::optional<base::Instant> time_of(const catalog::Table& table, std::string_view key) {
  if (equal_ignoring_case(key, "CreateTime")) return table.create_time;
  if (equal_ignoring_case(key, "UpdateTime")) return table.update_time;
  if (equal_ignoring_case(key, "LastAccessTime")) return table.last_access_time;
  return std::nullopt;
}

bool is_time(std::string_view key) {
  return equal_ignoring_case(key, "CreateTime") || equal_ignoring_case(key, "UpdateTime") ||
         equal_ignoring_case(key, "LastAccessTime");
}

std::string text_of(const catalog::Table& table, const std::string& key) {
  if (equal_ignoring_case(key, "Name") || equal_ignoring_case(key, "TableName")) return table.name;
  if (equal_ignoring_case(key, "DatabaseName")) return table.database_name;
  if (equal_ignoring_case(key, "Description")) return table.description.value_or("");
  if (equal_ignoring_case(key, "Owner")) return table.owner.value_or("");
  if (equal_ignoring_case(key, "TableType")) return table.table_type.value_or("");
  const auto* parameter = catalog::parameter(table, key);
  return parameter ? *parameter : "";
}

// The pieces between punctuation and spaces, in lower case.
std::vector<std::string> tokens(std::string_view text) {
  std::vector<std::string> out(1);
  for (char c : text) {
    bool separates = std::isspace(static_cast<unsigned char>(c)) || std::ispunct(static_cast<unsigned char>(c));
    if (!separates)
      out.back() += base::ascii_lower(c);
    else if (!out.back().empty())
      out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

bool has_token(const std::string& text, const std::string& value) {
  if (equal_ignoring_case(text, value)) return true;
  auto all = tokens(text);
  return std::find(all.begin(), all.end(), base::to_lower(value)) != all.end();
}

void add_columns(const std::vector<catalog::Column>& columns, std::vector<std::string>& out) {
  for (const auto& column : columns) {
    out.push_back(base::to_lower(column.name));
    if (column.comment) out.push_back(base::to_lower(*column.comment));
  }
}

// Everything a text search looks at.
std::vector<std::string> values_of(const catalog::Table& table) {
  std::vector<std::string> out{table.name, table.database_name};
  for (const auto* text : {&table.description, &table.owner, &table.table_type})
    if (*text) out.push_back(base::to_lower(**text));
  if (table.parameters)
    for (const auto& [key, value] : *table.parameters) out.push_back(base::to_lower(value));
  add_columns(catalog::columns_of(table), out);
  add_columns(catalog::partition_keys_of(table), out);
  return out;
}

base::Result<base::Instant> parse_time(const std::string& text) {
  if (auto seconds = base::parse_double(text); seconds.ok()) return base::from_epoch_seconds(*seconds);
  return base::parse_iso8601(text);
}

bool compares(base::Instant left, Comparison comparison, base::Instant right) {
  switch (comparison) {
    case Comparison::equals: return left == right;
    case Comparison::greater: return left > right;
    case Comparison::greater_or_equal: return left >= right;
    case Comparison::less: return left < right;
    case Comparison::less_or_equal: return left <= right;
  }
  return false;
}

}  // namespace

base::Result<SearchMatch> SearchMatch::of(const SearchQuery& query) {
  SearchMatch out;
  auto text = base::to_lower(base::trim(query.text));
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
    out.phrase_ = text.substr(1, text.size() - 2);
  } else {
    for (auto word : base::split(text, ' '))
      if (!word.empty()) out.words_.emplace_back(word);
  }
  for (const auto& filter : query.filters) WEIR_CHECK_OK(out.add(filter));
  if (query.sort) out.sort_field_ = query.sort->field;
  return out;
}

base::Status SearchMatch::add(const SearchFilter& filter) {
  if (filter.key.empty()) return base::invalid("A filter needs a Key.", "filter");
  if (!is_time(filter.key)) {
    if (filter.comparison && *filter.comparison != Comparison::equals)
      return base::invalid("Only times are compared by a Comparator; '" + filter.key.substr(0, 64) + "' is none.",
                           "filter");
    texts_.push_back(filter);
    return {};
  }
  auto at = parse_time(filter.value);
  if (!at) return base::invalid("The value of a time filter is seconds since 1970 or ISO 8601.", "filter");
  times_.push_back({filter.key, filter.comparison.value_or(Comparison::equals), *at});
  return {};
}

bool SearchMatch::fits(const catalog::Table& shown) const {
  for (const auto& filter : texts_)
    if (!has_token(text_of(shown, filter.key), filter.value)) return false;
  for (const auto& filter : times_) {
    auto at = time_of(shown, filter.key);
    if (!at || !compares(*at, filter.comparison, filter.at)) return false;
  }
  if (words_.empty() && phrase_.empty()) return true;
  auto values = values_of(shown);
  auto found = [&](const std::string& word) {
    return std::any_of(values.begin(), values.end(), [&](const auto& value) { return value.find(word) != value.npos; });
  };
  return (phrase_.empty() || std::find(values.begin(), values.end(), phrase_) != values.end()) &&
         std::all_of(words_.begin(), words_.end(), found);
}

std::string SearchMatch::sort_key(const catalog::Table& shown) const {
  if (sort_field_.empty()) return {};
  if (!is_time(sort_field_)) return store::encode_text(text_of(shown, sort_field_));
  auto at = time_of(shown, sort_field_).value_or(base::Instant());
  return store::KeyBuilder().integer(at.time_since_epoch().count()).take();
}

}  // namespace weir::app
