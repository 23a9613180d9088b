#include "requests/sensitivity.h"

#include <algorithm>

#include "base/text.h"

namespace weir::requests {
namespace {

class Marks {
 public:
  explicit Marks(const SensitiveTags& tags) : tags_(tags) {}

  void look_at(const std::string& what, const Words& parameters, const Words& tags) {
    // Keys differ in case only where somebody wrote both: each is a mark of its own.
    for (const auto& [key, value] : parameters)
      if (base::equal_ignoring_case(key, kSensitiveFlag) && says_sensitive(value))
        found_.because.push_back(what + " has pii_flag " + value);
    for (const auto& [key, values] : tags_)
      if (const auto* value = find_word(tags, key); value && lists(values, *value))
        found_.because.push_back(what + " has LF-Tag " + key + "=" + *value);
  }

  Sensitivity take() {
    found_.sensitive = !found_.because.empty();
    return std::move(found_);
  }

 private:
  static bool lists(const std::vector<std::string>& values, const std::string& value) {
    return std::any_of(values.begin(), values.end(),
                       [&](const auto& one) { return one == "*" || base::equal_ignoring_case(one, value); });
  }

  const SensitiveTags& tags_;
  Sensitivity found_;
};

}  // namespace

bool says_sensitive(std::string_view flag) {
  auto word = base::to_lower(base::trim(flag));
  return word != "false" && word != "0" && word != "no" && word != "n";
}

Sensitivity sensitivity_of(const CatalogFacts& facts, const ColumnChoice& columns, const SensitiveTags& tags) {
  Marks marks(tags);
  marks.look_at("database " + facts.database, facts.parameters, facts.tags);
  for (const auto& table : facts.tables) {
    auto name = facts.database + "." + table.name;
    marks.look_at("table " + name, table.parameters, table.tags);
    for (const auto& column : table.columns)
      if (columns.contains(column.name))
        marks.look_at("column " + name + "." + column.name, column.parameters, column.tags);
  }
  return marks.take();
}

}  // namespace weir::requests
