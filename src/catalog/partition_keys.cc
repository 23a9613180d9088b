#include "catalog/partition_keys.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/typed_value.h"
#include "store/key.h"

namespace weir::catalog {
namespace {

using store::KeyBuilder;

// Decimals sort by the nearest double, so two close ones may share a place; their spelling keeps them
// apart, and bounds on them are inclusive.
std::string typed_part(const Literal& value) {
  KeyBuilder part;
  if (auto* integer = std::get_if<int64_t>(&value.value)) return part.integer(*integer).take();
  if (auto* number = std::get_if<double>(&value.value)) return part.number(*number).take();
  if (auto* truth = std::get_if<bool>(&value.value)) return part.integer(*truth ? 1 : 0).take();
  auto& text = std::get<std::string>(value.value);
  if (value.family != TypeFamily::decimal) return part.text(text).take();
  auto nearest = base::parse_double(text);
  return nearest.ok() ? part.number(*nearest).take() : part.text(text).take();
}

std::string sorting_part(const std::string& value, TypeFamily family) {
  if (value == kNullPartition) return KeyBuilder().null().take();
  auto typed = typed_value(value, family);
  return typed.ok() ? typed_part(*typed) : KeyBuilder().text(value).take();
}

std::string past(const std::string& prefix) { return store::prefix_range(prefix).last; }

// What one conjunct says of a column, as bounds; none when it says nothing usable.
struct Bounds {
  const Literal* low = nullptr;
  const Literal* high = nullptr;
  bool low_open = false, high_open = false;
};

Bounds list_bounds(const std::vector<Literal>& literals) {
  auto less = [](const Literal& a, const Literal& b) { return compare(a, b) == std::partial_ordering::less; };
  auto [low, high] = std::minmax_element(literals.begin(), literals.end(), less);
  return {&*low, &*high};
}

Bounds bounds_of(const Predicate& test) {
  if (test.literals.empty()) return {};
  auto* literal = &test.literals.front();
  switch (test.op) {
    case Op::equal: return {literal, literal};
    case Op::less: return {nullptr, literal, false, true};
    case Op::less_equal: return {nullptr, literal};
    case Op::greater: return {literal, nullptr, true, false};
    case Op::greater_equal: return {literal, nullptr};
    case Op::between: return {literal, &test.literals.back()};
    case Op::in: return list_bounds(test.literals);
    default: return {};
  }
}

class RangeBuilder {
 public:
  RangeBuilder(const std::string& prefix, const Predicate& predicate) : prefix_(prefix) {
    if (predicate.op == Op::and_) {
      for (auto& child : predicate.children) conjuncts_.push_back(child.get());
    } else {
      conjuncts_.push_back(&predicate);
    }
  }

  store::Range build(const std::vector<PartitionColumn>& columns) {
    for (auto& column : columns) {
      if (fix(column)) continue;
      narrow(column);
      break;
    }
    return range_ ? *range_ : store::prefix_range(prefix_);
  }

 private:
  // The tests of this column, when its keys sort as the predicate compares.
  std::vector<Bounds> tests_of(const PartitionColumn& column) const {
    std::vector<Bounds> out;
    for (auto* test : conjuncts_) {
      bool usable = test->column.size() == 1 && test->column[0] == column.name &&
                    test->family == family_of(column.layout) && test->family != TypeFamily::unsupported;
      if (usable) out.push_back(bounds_of(*test));
    }
    return out;
  }

  // Goes below the one value this column must have, if there is one.
  bool fix(const PartitionColumn& column) {
    for (auto& test : tests_of(column)) {
      if (!test.low || !test.high || compare(*test.low, *test.high) != std::partial_ordering::equivalent) continue;
      prefix_ += typed_part(*test.low);
      return true;
    }
    return false;
  }

  void narrow(const PartitionColumn& column) {
    auto whole = store::prefix_range(prefix_);
    bool exact = family_of(column.layout) != TypeFamily::decimal;
    for (auto& test : tests_of(column)) {
      if (test.low) {
        auto part = prefix_ + typed_part(*test.low);
        whole.first = std::max(whole.first, test.low_open && exact ? past(part) : part);
      }
      if (test.high) {
        auto part = prefix_ + typed_part(*test.high);
        whole.last = std::min(whole.last, test.high_open && exact ? part : past(part));
      }
    }
    range_ = whole;
  }

  std::string prefix_;
  std::vector<const Predicate*> conjuncts_;
  std::optional<store::Range> range_;
};

}  // namespace

base::Result<std::string> partition_key(std::string prefix, const std::vector<std::string>& values,
                                        const std::vector<std::string>& layout) {
  if (values.size() != layout.size())
    return base::invalid("The number of partition values does not match the number of partition keys.", "partition");
  std::string spellings;
  for (size_t i = 0; i < values.size(); ++i) {
    auto family = family_of(layout[i]);
    prefix += sorting_part(values[i], family);
    if (family != TypeFamily::text) spellings += store::encode_text(values[i]);
  }
  return prefix + spellings;
}

store::Range partition_range(const std::string& prefix, const std::vector<PartitionColumn>& columns,
                             const Predicate& predicate) {
  return RangeBuilder(prefix, predicate).build(columns);
}

}  // namespace weir::catalog
