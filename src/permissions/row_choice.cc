#include "permissions/row_choice.h"

#include <algorithm>
#include <map>
#include <string>

namespace weir::permissions {
namespace {

using catalog::PredicatePtr;

std::vector<PredicatePtr> distinct(const std::vector<PredicatePtr>& predicates) {
  std::vector<PredicatePtr> out;
  for (const auto& one : predicates) {
    bool there = std::any_of(out.begin(), out.end(), [&](auto& known) { return catalog::same(*known, *one); });
    if (!there) out.push_back(one);
  }
  return out;
}

}  // namespace

PredicatePtr any_of_once(std::vector<PredicatePtr> predicates) {
  auto any = catalog::any_of(std::move(predicates));
  return any->op == catalog::Op::or_ ? catalog::any_of(distinct(any->children)) : any;
}

PredicatePtr all_of_once(std::vector<PredicatePtr> predicates) {
  auto all = catalog::all_of(std::move(predicates));
  if (all->op != catalog::Op::and_) return all;
  std::map<std::string, PredicatePtr> by_text;
  for (const auto& one : all->children) by_text.emplace(catalog::to_text(*one), one);
  std::vector<PredicatePtr> ordered;
  for (auto& [text, one] : by_text) ordered.push_back(std::move(one));
  return catalog::all_of(std::move(ordered));
}

}  // namespace weir::permissions
