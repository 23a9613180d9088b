#include "catalog/predicate.h"

#include <algorithm>

namespace weir::catalog {
namespace {

PredicatePtr constant(Op op) {
  auto made = std::make_shared<Predicate>();
  made->op = op;
  return made;
}

// Children of the same operator are taken apart into `into`. False when an absorbing child was met.
bool gather(Op op, const std::vector<PredicatePtr>& children, std::vector<PredicatePtr>& into) {
  auto neutral = op == Op::and_ ? Op::always : Op::never;
  auto absorbing = op == Op::and_ ? Op::never : Op::always;
  for (auto& child : children) {
    CHECK_TRUE(child, "a predicate has no missing children");
    if (child->op == absorbing) return false;
    if (child->op == neutral) continue;
    if (child->op != op) {
      into.push_back(child);
    } else if (!gather(op, child->children, into)) {
      return false;
    }
  }
  return true;
}

PredicatePtr combine(Op op, std::vector<PredicatePtr> children) {
  bool conjunction = op == Op::and_;
  std::vector<PredicatePtr> flat;
  if (!gather(op, children, flat)) return conjunction ? never() : always();
  if (flat.empty()) return conjunction ? always() : never();
  if (flat.size() == 1) return flat.front();
  auto made = std::make_shared<Predicate>();
  made->op = op;
  made->children = std::move(flat);
  return made;
}

void gather_columns(const Predicate& predicate, std::vector<std::vector<std::string>>& into) {
  if (!predicate.column.empty() && std::find(into.begin(), into.end(), predicate.column) == into.end())
    into.push_back(predicate.column);
  for (auto& child : predicate.children) gather_columns(*child, into);
}

}  // namespace

PredicatePtr always() {
  static const PredicatePtr kAlways = constant(Op::always);
  return kAlways;
}

PredicatePtr never() {
  static const PredicatePtr kNever = constant(Op::never);
  return kNever;
}

PredicatePtr all_of(std::vector<PredicatePtr> children) { return combine(Op::and_, std::move(children)); }
PredicatePtr any_of(std::vector<PredicatePtr> children) { return combine(Op::or_, std::move(children)); }

PredicatePtr negate(PredicatePtr child) {
  CHECK_TRUE(child, "a predicate has no missing children");
  if (child->op == Op::always) return never();
  if (child->op == Op::never) return always();
  if (child->op == Op::not_) return child->children.front();
  auto made = std::make_shared<Predicate>();
  made->op = Op::not_;
  made->children.push_back(std::move(child));
  return made;
}

bool same(const Predicate& a, const Predicate& b) {
  bool alike =
      a.op == b.op && a.column == b.column && a.literals == b.literals && (a.column.empty() || a.family == b.family);
  return alike && std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(),
                             [](auto& x, auto& y) { return x == y || same(*x, *y); });
}

bool is_always(const PredicatePtr& p) { return p && p->op == Op::always; }

std::vector<std::vector<std::string>> columns_of(const Predicate& predicate) {
  std::vector<std::vector<std::string>> out;
  gather_columns(predicate, out);
  return out;
}

}  // namespace weir::catalog
