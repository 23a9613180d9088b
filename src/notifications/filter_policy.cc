#include "notifications/filter_policy.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace weir::notifications {
namespace {

using How = FilterTest::How;

// Numbers count to five digits after the point.
int64_t fixed(double number) { return std::llround(number * 1e5); }

std::optional<double> number_in(const base::Json& value) {
  if (auto* integer = value.as_int()) return static_cast<double>(*integer);
  if (auto* real = value.as_double()) return *real;
  return std::nullopt;
}

bool same(const base::Json& a, const base::Json& b) {
  auto x = number_in(a), y = number_in(b);
  if (x && y) return std::abs(*x) < 1e12 && std::abs(*y) < 1e12 && fixed(*x) == fixed(*y);
  return a == b;
}

// `*` is any text; nothing else is special.
bool star_matches(std::string_view pattern, std::string_view text) {
  auto pieces = base::split(pattern, '*');
  if (pieces.size() == 1) return pattern == text;
  auto first = pieces.front(), last = pieces.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last)) return false;
  text = text.substr(first.size(), text.size() - first.size() - last.size());
  for (size_t i = 1; i + 1 < pieces.size(); ++i) {
    auto at = text.find(pieces[i]);
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + pieces[i].size());
  }
  return true;
}

bool holds(const FilterTest::Comparison& comparison, double number) {
  auto a = fixed(number), b = fixed(comparison.number);
  if (comparison.sign == "=") return a == b;
  if (comparison.sign == "<") return a < b;
  if (comparison.sign == "<=") return a <= b;
  if (comparison.sign == ">") return a > b;
  return a >= b;
}

bool number_fits(const FilterTest& test, const base::Json& value) {
  auto number = number_in(value);
  return number && std::abs(*number) < 1e12 &&
         std::ranges::all_of(test.comparisons, [&](const auto& comparison) { return holds(comparison, *number); });
}

bool in_range(const FilterTest& test, const std::string& text) {
  auto address = policy::IpAddress::parse(text);
  return address && test.ranges.front().contains(*address);
}

bool text_fits(const FilterTest& test, const std::string& text) {
  switch (test.how) {
    case How::equals_ignoring_case: return base::equal_ignoring_case(test.text, text);
    case How::prefix: return text.starts_with(test.text);
    case How::suffix: return text.ends_with(test.text);
    case How::wildcard: return star_matches(test.text, text);
    case How::cidr: return in_range(test, text);
    case How::equals:
    case How::numeric:
    case How::anything_but:
    case How::present:
    case How::absent: return false;
  }
  return false;
}

// One value that is no array against one test.
bool fits(const FilterTest& test, const base::Json& value) {
  switch (test.how) {
    case How::equals: return same(test.value, value);
    case How::numeric: return number_fits(test, value);
    case How::anything_but:
      return std::ranges::none_of(test.none_of, [&](const auto& other) { return fits(other, value); });
    case How::present:
    case How::absent: return false;  // about the key, not a value
    case How::equals_ignoring_case:
    case How::prefix:
    case How::suffix:
    case How::wildcard:
    case How::cidr: return value.as_string() && text_fits(test, *value.as_string());
  }
  return false;
}

bool is_there(const base::Json* value) {
  if (!value || value->is_null() || value->as_object()) return false;
  if (auto* text = value->as_string()) return !text->empty();
  return !value->as_array() || !value->as_array()->empty();
}

bool fits_key(const FilterTest& test, const base::Json* value) {
  if (test.how == How::absent) return !value;
  if (test.how == How::present) return is_there(value);
  if (!value || value->as_object()) return false;
  auto* items = value->as_array();
  if (!items) return fits(test, *value);
  auto one = [&](const base::Json& item) { return fits(test, item); };
  // Of an array, none may be what the value must not be; otherwise one that fits is enough.
  if (test.how == How::anything_but) return std::ranges::all_of(*items, one);
  return std::ranges::any_of(*items, one);
}

base::Json attribute_as_json(const MessageAttribute& attribute) {
  if (attribute.type == "Number" || attribute.type.starts_with("Number.")) {
    auto number = base::parse_double(attribute.value);
    return number.ok() ? base::Json(*number) : base::Json();
  }
  if (attribute.type == "String.Array") {
    auto items = base::parse_json(attribute.value);
    return items.ok() ? std::move(*items) : base::Json();
  }
  return attribute.value;
}

}  // namespace

base::Result<FilterScope> parse_filter_scope(std::string_view text) {
  if (text == "MessageAttributes") return FilterScope::attributes;
  if (text == "MessageBody") return FilterScope::body;
  return invalid_parameter("FilterPolicyScope: Invalid value [" + std::string(text.substr(0, 64)) +
                           "]. Please use either MessageBody or MessageAttributes");
}

bool FilterPolicy::matches(const Node& node, const base::Json& facts) {
  if (!facts.as_object()) return false;
  auto one = [&](const Node& other) { return matches(other, facts); };
  return std::ranges::all_of(node.keys, [&](const Key& key) { return matches(key, facts); }) &&
         std::ranges::all_of(node.alternatives, [&](const auto& either) { return std::ranges::any_of(either, one); });
}

bool FilterPolicy::matches(const Key& key, const base::Json& facts) {
  auto* value = facts.find(key.name);
  if (key.below) return matches_below(*key.below, value);
  return std::ranges::any_of(key.any_of, [&](const FilterTest& test) { return fits_key(test, value); });
}

// Below an array, one of its objects must fit as a whole. Below nothing, only the tests for absence hold.
bool FilterPolicy::matches_below(const Node& node, const base::Json* value) {
  if (!value) return matches(node, base::Json::object());
  if (auto* items = value->as_array())
    return std::ranges::any_of(*items, [&](const base::Json& item) { return matches(node, item); });
  return matches(node, *value);
}

base::Json attributes_as_json(const Message& message) {
  auto out = base::Json::object();
  for (const auto& [name, attribute] : message.attributes)
    if (!attribute.type.starts_with("Binary")) out.set(name, attribute_as_json(attribute));
  return out;
}

bool wants(const FilterPolicy& policy, FilterScope scope, const Message& message, const std::string& text) {
  if (scope == FilterScope::attributes) {
    auto facts = attributes_as_json(message);
    // A message without any attribute fits no policy that has a key, not even one that asks for absence.
    return (!facts.as_object()->empty() || policy.is_empty()) && policy.matches(facts);
  }
  auto body = base::parse_json(text);
  return body.ok() && policy.matches(*body);
}

}  // namespace weir::notifications
