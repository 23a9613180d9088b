#include "app/explain/access_change.h"

#include <algorithm>

#include "base/text.h"
#include "permissions/can_grant.h"

namespace weir::app {
namespace {

using catalog::Op;
using catalog::PredicatePtr;
using permissions::Privilege;
using permissions::PrivilegeSet;
using permissions::VisibleLeaf;

// What shows the leaf: itself, or the struct it is a field of.
const VisibleLeaf* covering(const std::vector<VisibleLeaf>& data, const VisibleLeaf& leaf) {
  auto found = std::find_if(data.begin(), data.end(),
                            [&](const auto& one) { return permissions::begins_with(leaf.path, one.path); });
  return found == data.end() ? nullptr : &*found;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [&](const auto& one) { return base::equal_ignoring_case(one, name); });
}

std::vector<std::string> described_by(const permissions::Decision& decision, const permissions::TableFacts& table) {
  std::vector<std::string> out;
  auto in_view = [&](const auto& name) {
    return std::any_of(decision.view.columns.begin(), decision.view.columns.end(),
                       [&](const auto& column) { return column.name == name; });
  };
  for (const auto& column : table.columns)
    if (decision.full_schema || decision.described.contains(base::to_lower(column.name)) || in_view(column.name))
      out.push_back(column.name);
  return out;
}

std::string rows_text(const VisibleLeaf* leaf) {
  if (!leaf || !leaf->visible_when || leaf->visible_when->op == Op::never) return "none";
  return catalog::is_always(leaf->visible_when) ? "all" : catalog::to_text(*leaf->visible_when);
}

// Columns whose rows differ alike stand in one row of the answer.
class Rows {
 public:
  explicit Rows(AccessChange first) { rows_.push_back(std::move(first)); }

  void add(const std::string& column, std::string before, std::string after) {
    auto same = [&](const auto& row) {
      return !row.columns.empty() && row.rows_before == before && row.rows_after == after;
    };
    auto found = std::find_if(rows_.begin(), rows_.end(), same);
    if (found == rows_.end()) found = make(std::move(before), std::move(after));
    found->columns.push_back(column);
  }

  void take_into(std::vector<AccessChange>& out) {
    for (auto& row : rows_)
      if (!row.privileges.empty() || !row.grant_option.empty() || !row.columns.empty() || !row.metadata_columns.empty())
        out.push_back(std::move(row));
  }

 private:
  std::vector<AccessChange>::iterator make(std::string before, std::string after) {
    if (!rows_.front().columns.empty()) {
      AccessChange next;
      next.principal = rows_.front().principal;
      next.resource = rows_.front().resource;
      rows_.push_back(std::move(next));
    }
    rows_.back().privileges.insert(Privilege::select);
    rows_.back().rows_before = std::move(before);
    rows_.back().rows_after = std::move(after);
    return rows_.end() - 1;
  }

  std::vector<AccessChange> rows_;
};

// What `more` has and `less` has not. `gaining`: `less` is what was before.
void add_difference(const std::string& principal, const std::string& resource, const Access& less, const Access& more,
                    bool gaining, std::vector<AccessChange>& out) {
  AccessChange first;
  first.principal = principal;
  first.resource = resource;
  first.privileges = more.privileges - less.privileges;
  first.grant_option = more.grant_option - less.grant_option;
  for (const auto& name : more.described)
    if (!has(less.described, name)) first.metadata_columns.push_back(name);
  Rows rows(std::move(first));
  for (const auto& leaf : more.data) {
    const auto* other = covering(less.data, leaf);
    if (surely_within(leaf.visible_when, other ? other->visible_when : nullptr)) continue;
    auto here = rows_text(&leaf), there = rows_text(other);
    rows.add(permissions::spelled(leaf.path), gaining ? there : here, gaining ? here : there);
  }
  rows.take_into(out);
}

}  // namespace

bool surely_within(const PredicatePtr& some, const PredicatePtr& all) {
  if (!some || some->op == Op::never) return true;
  if (!all) return false;
  if (all->op == Op::always || some == all || catalog::same(*some, *all)) return true;
  auto within_all = [&](const auto& child) { return surely_within(child, all); };
  auto holds_some = [&](const auto& child) { return surely_within(some, child); };
  if (some->op == Op::or_) return std::all_of(some->children.begin(), some->children.end(), within_all);
  if (all->op == Op::and_) return std::all_of(all->children.begin(), all->children.end(), holds_some);
  if (all->op == Op::or_ && std::any_of(all->children.begin(), all->children.end(), holds_some)) return true;
  return some->op == Op::and_ && std::any_of(some->children.begin(), some->children.end(), within_all);
}

Access access_of(const permissions::Question& asked, const permissions::Snapshot& snapshot) {
  Access out;
  const auto& resource = asked.resource;
  if (resource.kind == permissions::ResourceKind::table && !asked.table) return out;
  auto question = asked;
  for (auto privilege : permissions::valid_at(resource.level()).list()) {
    if (permissions::can_grant({asked.caller, resource, {privilege}}, snapshot).allowed())
      out.grant_option.insert(privilege);
    question.asked = privilege;
    auto decision = permissions::decide(question, snapshot);
    if (!decision.allowed()) continue;
    out.privileges.insert(privilege);
    if (privilege == Privilege::describe && asked.table) out.described = described_by(decision, *asked.table);
    if (privilege == Privilege::select) out.data = permissions::leaves_of(decision.view);
  }
  return out;
}

void compare(const std::string& principal, const std::string& resource, const Access& before, const Access& after,
             AccessChanges& into) {
  add_difference(principal, resource, before, after, true, into.gains);
  add_difference(principal, resource, after, before, false, into.losses);
}

}  // namespace weir::app
