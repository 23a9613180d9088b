#include "permissions/column_set.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace weir::permissions {
namespace {

using Names = std::vector<std::string>;

Names both(const Names& a, const Names& b) {
  Names out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}
Names either(const Names& a, const Names& b) {
  Names out;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}
Names minus(const Names& a, const Names& b) {
  Names out;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}

}  // namespace

ColumnSet::ColumnSet(bool except, const Names& names) : except_(except) {
  for (const auto& name : names) names_.push_back(base::to_lower(name));
  std::sort(names_.begin(), names_.end());
  names_.erase(std::unique(names_.begin(), names_.end()), names_.end());
}

bool ColumnSet::lists(std::string_view lower) const {
  auto at = std::lower_bound(names_.begin(), names_.end(), lower);
  return at != names_.end() && *at == lower;
}

ColumnSet ColumnSet::united(const ColumnSet& o) const {
  if (!except_) return o.except_ ? all_except(minus(o.names_, names_)) : only(either(names_, o.names_));
  return all_except(o.except_ ? both(names_, o.names_) : minus(names_, o.names_));
}

ColumnSet ColumnSet::without(const ColumnSet& o) const {
  if (!except_) return only(o.except_ ? both(names_, o.names_) : minus(names_, o.names_));
  return o.except_ ? only(minus(o.names_, names_)) : all_except(either(names_, o.names_));
}

bool ColumnSet::subset_of(const ColumnSet& other) const { return without(other).is_empty(); }

std::string ColumnSet::text() const {
  if (!except_) return base::join(names_, ", ");
  return names_.empty() ? "*" : "* - " + base::join(names_, ", ");
}

base::Json to_json(const ColumnSet& set) {
  base::Json out = base::Json::object();
  out.set(set.is_exclusion() ? "Except" : "Only", base::to_json(set.names()));
  return out;
}

base::Status from_json(const base::Json& json, ColumnSet& set) {
  const auto* only = json.find("Only");
  const auto* except = json.find("Except");
  if ((only == nullptr) == (except == nullptr))
    return base::internal("record: a column set is a list or all but a list");
  Names names;
  WEIR_CHECK_OK(base::from_json(only ? *only : *except, names));
  set = only ? ColumnSet::only(names) : ColumnSet::all_except(names);
  return {};
}

}  // namespace weir::permissions
