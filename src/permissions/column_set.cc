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

void sort_once(auto& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

ColumnPath lower(const ColumnPath& path) {
  ColumnPath out;
  for (const auto& name : path) out.push_back(base::to_lower(name));
  return out;
}

}  // namespace

ColumnSet::ColumnSet(bool except, const Names& names, const std::vector<ColumnPath>& fields) : except_(except) {
  names_ = lower(names);
  sort_once(names_);
  std::vector<ColumnPath> paths;
  for (const auto& path : fields) paths.push_back(lower(path));
  sort_once(paths);
  // Sorted, a path comes right before those that lead on from it.
  for (auto& path : paths) {
    bool inside = lists(path.front()) || (!fields_.empty() && begins_with(path, fields_.back()));
    if (!inside) fields_.push_back(std::move(path));
  }
}

ColumnSet ColumnSet::of_paths(bool except, const std::vector<ColumnPath>& paths) {
  Names names;
  std::vector<ColumnPath> fields;
  for (const auto& path : paths) {
    if (path.size() == 1) names.push_back(path.front());
    if (path.size() > 1) fields.push_back(path);
  }
  return ColumnSet(except, names, fields);
}

bool ColumnSet::lists(std::string_view lower) const {
  auto at = std::lower_bound(names_.begin(), names_.end(), lower);
  return at != names_.end() && *at == lower;
}

bool ColumnSet::lists_inside(std::string_view lower) const {
  return std::any_of(fields_.begin(), fields_.end(), [&](const auto& path) { return path.front() == lower; });
}

bool ColumnSet::contains(std::string_view lower) const {
  return except_ ? !lists(lower) && !lists_inside(lower) : lists(lower);
}

Share ColumnSet::share_of(const ColumnPath& lower) const {
  bool listed = lists(lower.front()), inside = false;
  for (const auto& field : fields_) {
    listed |= begins_with(lower, field);
    inside |= begins_with(field, lower);
  }
  if (listed) return except_ ? Share::none : Share::whole;
  if (inside) return Share::part;
  return except_ ? Share::whole : Share::none;
}

Names ColumnSet::spelled_list() const {
  Names out;
  for (const auto& name : names_) out.push_back(spelled({name}));
  for (const auto& path : fields_) out.push_back(spelled(path));
  return out;
}

ColumnSet ColumnSet::united(const ColumnSet& o) const {
  CHECK_TRUE(fields_.empty() && o.fields_.empty(), "sets that list fields are not united");
  if (!except_) return o.except_ ? all_except(minus(o.names_, names_)) : only(either(names_, o.names_));
  return all_except(o.except_ ? both(names_, o.names_) : minus(names_, o.names_));
}

ColumnSet ColumnSet::without(const ColumnSet& o) const {
  CHECK_TRUE(fields_.empty() && o.fields_.empty(), "sets that list fields are not subtracted");
  if (!except_) return only(o.except_ ? both(names_, o.names_) : minus(names_, o.names_));
  return o.except_ ? only(minus(o.names_, names_)) : all_except(either(names_, o.names_));
}

bool ColumnSet::subset_of(const ColumnSet& other) const { return without(other).is_empty(); }

std::string ColumnSet::text() const {
  auto list = base::join(spelled_list(), ", ");
  if (!except_) return list;
  return list.empty() ? "*" : "* - " + list;
}

base::Json to_json(const ColumnSet& set) {
  base::Json out = base::Json::object();
  out.set(set.is_exclusion() ? "Except" : "Only", base::to_json(set.names()));
  if (!set.fields().empty()) out.set("Fields", base::to_json(set.fields()));
  return out;
}

base::Status from_json(const base::Json& json, ColumnSet& set) {
  const auto* only = json.find("Only");
  const auto* except = json.find("Except");
  if ((only == nullptr) == (except == nullptr))
    return base::internal("record: a column set is a list or all but a list");
  Names names;
  WEIR_CHECK_OK(base::from_json(only ? *only : *except, names));
  std::vector<ColumnPath> paths;
  if (const auto* fields = json.find("Fields")) WEIR_CHECK_OK(base::from_json(*fields, paths));
  if (std::any_of(paths.begin(), paths.end(), [](const auto& path) { return path.size() < 2; }))
    return base::internal("record: the way to a field has two names or more");
  for (auto& name : names) paths.push_back({std::move(name)});
  set = only ? ColumnSet::only_paths(paths) : ColumnSet::all_except_paths(paths);
  return {};
}

}  // namespace weir::permissions
