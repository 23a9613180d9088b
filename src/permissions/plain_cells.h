// Random draws, the rows of the small tables of random worlds, and which of their cells a decision shows. For tests
// only.
#pragma once
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "permissions/decide.h"
#include "permissions/plain_lake.h"
#include "permissions/scenario_words.h"

namespace weir::permissions::plain {

struct Draw {
  std::mt19937 engine;
  explicit Draw(unsigned seed) : engine(seed) {}
  unsigned below(size_t n) { return static_cast<unsigned>(engine() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <class T>
  const T& one_of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
};

inline std::map<std::string, TableFacts> tables() {
  std::map<std::string, TableFacts> out;
  for (auto [name, place] : {std::pair{"d.t", "s3://lake/h/t"}, {"d.u", "s3://lake/h/deep/u"}, {"e.t", ""}}) {
    auto& facts = out[name];
    scenario::add_columns(facts, "a:bigint,b:string,c:string", false);
    scenario::add_columns(facts, "p:string", true);
    if (*place) facts.place = names::S3Path::parse(place).value();
  }
  return out;
}

inline std::vector<Row> all_rows() {
  std::vector<Row> out;
  for (const char* b : {"x", "y", ""})
    for (const char* p : {"1", "2"}) out.push_back({"7", b, "c", p});
  return out;
}

inline bool shows(const catalog::PredicatePtr& predicate, const TableFacts& table, const Row& row) {
  if (!predicate) return false;
  return catalog::evaluate(*predicate, [&](const auto& path) -> std::optional<std::string> {
           for (size_t i = 0; i < table.columns.size(); ++i)
             if (table.columns[i].name == path.front()) return row[i].empty() ? std::nullopt : std::optional(row[i]);
           return std::nullopt;
         }) == catalog::Truth::yes;
}

inline std::set<std::string> names_of(const TableView& view) {
  std::set<std::string> out;
  for (const auto& column : view.columns) out.insert(column.name);
  return out;
}
inline std::set<std::string> described(const Decision& decision, const TableFacts& facts) {
  std::set<std::string> out;
  for (const auto& column : facts.columns)
    if (decision.described.contains(column.name)) out.insert(column.name);
  return out;
}

// The cells that a decision shows, as "row column".
inline std::set<std::string> cells(const Decision& decision, const TableFacts& facts) {
  std::set<std::string> out;
  auto rows = all_rows();
  for (size_t i = 0; i < rows.size(); ++i)
    for (const auto& column : decision.view.columns)
      if (shows(decision.view.row_filter, facts, rows[i]) && shows(column.visible_when, facts, rows[i]))
        out.insert(std::to_string(i) + column.name);
  return out;
}
inline std::set<std::string> cells(const Answer& answer) {
  std::set<std::string> out;
  auto rows = all_rows();
  for (size_t i = 0; i < rows.size(); ++i)
    for (const auto& column : answer.columns)
      if (answer.row(rows[i]) && answer.cell(rows[i], column)) out.insert(std::to_string(i) + column);
  return out;
}

}  // namespace weir::permissions::plain
