#include "requests/selector_match.h"

#include <algorithm>

#include "base/text.h"

namespace weir::requests {
namespace {

template <class List, class Holds>
bool reaches(const List& list, Reach reach, Holds&& holds) {
  if (reach == Reach::some) return std::any_of(list.begin(), list.end(), holds);
  return !list.empty() && std::all_of(list.begin(), list.end(), holds);
}

bool table_holds(const Selector& when, const AskedItem& item, Reach reach, const CatalogFacts& facts) {
  if (when.tables.empty()) return true;
  if (!item.is_whole_database()) return any_glob(when.tables, item.table);
  bool whatever_comes = std::find(when.tables.begin(), when.tables.end(), "*") != when.tables.end();
  if (reach == Reach::all || whatever_comes) return whatever_comes;
  return reaches(facts.tables, reach, [&](const auto& table) { return any_glob(when.tables, table.name); });
}

std::vector<const ColumnFacts*> asked_columns(const TableFacts& table, const ColumnChoice& choice) {
  std::vector<const ColumnFacts*> out;
  for (const auto& column : table.columns)
    if (choice.contains(column.name)) out.push_back(&column);
  return out;
}

// holds(column) over every column of every table that is asked for. A whole database has columns that nobody knows yet.
template <class Holds>
bool columns_reach(const AskedItem& item, const CatalogFacts& facts, Reach reach, Holds&& holds) {
  if (reach == Reach::all && item.is_whole_database()) return false;
  return reaches(facts.tables, reach, [&](const auto& table) {
    return reaches(asked_columns(table, item.columns), reach, [&](const auto* column) { return holds(*column); });
  });
}

bool column_holds(const Selector& when, const AskedItem& item, const CatalogFacts& facts, Reach reach) {
  if (when.columns.empty()) return true;
  bool whatever_comes = std::find(when.columns.begin(), when.columns.end(), "*") != when.columns.end();
  if (whatever_comes) return true;
  return columns_reach(item, facts, reach, [&](const auto& column) { return any_glob(when.columns, column.name); });
}

bool word_holds(const Words& words, const std::string& key, const std::vector<std::string>& globs) {
  const auto* value = find_word(words, key);
  return value && any_glob(globs, *value);
}

// At the database, at the tables or at the columns: `of` is the member that has the words. What is nearer to the data
// says it better: where a table or column says otherwise, it does not hold for all.
template <class WordsOf>
bool words_hold(const std::map<std::string, std::vector<std::string>>& wanted, const Words& of_database,
                const AskedItem& item, const CatalogFacts& facts, Reach reach, WordsOf&& of) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const auto& one) {
    const auto& [key, globs] = one;
    auto holds = [&](const auto& place) { return word_holds(of(place), key, globs); };
    auto says_otherwise = [&](const auto& place) { return find_word(of(place), key) && !holds(place); };
    bool disputed = std::any_of(facts.tables.begin(), facts.tables.end(), says_otherwise) ||
                    columns_reach(item, facts, Reach::some, says_otherwise);
    if (reach == Reach::all && disputed) return false;
    if (word_holds(of_database, key, globs)) return true;
    bool whole = reach == Reach::all && item.is_whole_database();
    return (!whole && reaches(facts.tables, reach, holds)) || columns_reach(item, facts, reach, holds);
  });
}

bool permission_holds(const Selector& when, const AskedItem& item, Reach reach) {
  if (when.permissions.empty()) return true;
  return reaches(item.permissions, reach, [&](const auto& one) { return any_glob(when.permissions, one); });
}

bool owner_holds(const Selector& when, const CatalogFacts& facts) {
  if (when.data_owners.empty()) return true;
  const auto* owner = facts.parameter("data_owner");
  return owner && std::find(when.data_owners.begin(), when.data_owners.end(), *owner) != when.data_owners.end();
}

bool is_as_wanted(const std::optional<bool>& wanted, bool is) { return !wanted || *wanted == is; }

}  // namespace

bool any_glob(const std::vector<std::string>& globs, std::string_view text) {
  auto lower = base::to_lower(text);
  return std::any_of(globs.begin(), globs.end(),
                     [&](const auto& glob) { return base::glob_match(base::to_lower(glob), lower); });
}

bool matches(const Selector& when, const AskedItem& item, const CatalogFacts& facts, std::string_view target,
             bool sensitive, Reach reach) {
  auto parameters = [](const auto& place) -> const Words& { return place.parameters; };
  auto tags = [](const auto& place) -> const Words& { return place.tags; };
  return (when.databases.empty() || any_glob(when.databases, item.database)) && table_holds(when, item, reach, facts) &&
         column_holds(when, item, facts, reach) &&
         words_hold(when.parameters, facts.parameters, item, facts, reach, parameters) &&
         words_hold(when.tags, facts.tags, item, facts, reach, tags) && owner_holds(when, facts) &&
         permission_holds(when, item, reach) && (when.targets.empty() || any_glob(when.targets, target)) &&
         is_as_wanted(when.grantable, item.grantable) && is_as_wanted(when.sensitive, sensitive);
}

}  // namespace weir::requests
