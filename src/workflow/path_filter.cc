#include "workflow/path_filter.h"

#include <algorithm>

namespace weir::workflow {
namespace {

using Relation = PathFilter::Relation;

Result<std::optional<Json>> value_of(const PathFilter::Operand& operand, const Json& current, PathWalk& walk) {
  if (auto* literal = std::get_if<Json>(&operand)) return std::optional<Json>(*literal);
  auto& path = std::get<Path>(operand);
  return find_within(path, path.root() == Path::Root::current ? current : walk.document, walk);
}

// -1, 0, 1; nothing for values that have no order.
std::optional<int> order(const Json& a, const Json& b) {
  if (is_number(a) && is_number(b)) return *number_of(a) < *number_of(b) ? -1 : *number_of(a) > *number_of(b);
  if (!a.as_string() || !b.as_string()) return std::nullopt;
  return std::clamp(a.as_string()->compare(*b.as_string()), -1, 1);
}

bool is_in(const Json& value, const Json& list) {
  auto* items = list.as_array();
  return items && std::any_of(items->begin(), items->end(), [&](auto& item) { return same_value(item, value); });
}

bool holds(Relation relation, const Json& a, const Json& b) {
  auto sign = order(a, b);
  switch (relation) {
    case Relation::equal: return same_value(a, b);
    case Relation::unequal: return !same_value(a, b);
    case Relation::less: return sign && *sign < 0;
    case Relation::less_or_equal: return sign && *sign <= 0;
    case Relation::greater: return sign && *sign > 0;
    case Relation::greater_or_equal: return sign && *sign >= 0;
    case Relation::in: return is_in(a, b);
  }
  return false;
}

Result<bool> compares(const PathFilter& filter, const Json& current, PathWalk& walk) {
  WEIR_TRY(auto left, value_of(filter.left, current, walk));
  WEIR_TRY(auto right, value_of(filter.right, current, walk));
  if (!left || !right) return filter.relation == Relation::unequal && left.has_value() != right.has_value();
  return holds(filter.relation, *left, *right);
}

Result<bool> exists(const PathFilter& filter, const Json& current, PathWalk& walk) {
  WEIR_TRY(auto value, value_of(filter.left, current, walk));
  if (!value) return false;
  bool definite = std::get<Path>(filter.left).is_definite();
  return definite || !value->as_array() || !value->as_array()->empty();
}

}  // namespace

Result<bool> passes(const PathFilter& filter, const Json& current, PathWalk& walk) {
  switch (filter.kind) {
    case PathFilter::Kind::exists: return exists(filter, current, walk);
    case PathFilter::Kind::compare: return compares(filter, current, walk);
    case PathFilter::Kind::negation: {
      WEIR_TRY(bool inner, passes(filter.parts.front(), current, walk));
      return !inner;
    }
    case PathFilter::Kind::any:
    case PathFilter::Kind::all: break;
  }
  bool stops_at = filter.kind == PathFilter::Kind::any;
  for (auto& part : filter.parts) {
    WEIR_TRY(bool pass, passes(part, current, walk));
    if (pass == stops_at) return stops_at;
  }
  return !stops_at;
}

}  // namespace weir::workflow
