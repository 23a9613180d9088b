// Reads filter policies: strictly, with the reasons that AWS gives.
#include <algorithm>

#include "base/text.h"
#include "notifications/filter_policy.h"

namespace weir::notifications {

using How = FilterTest::How;

class FilterReader {
 public:
  using Node = FilterPolicy::Node;
  using Key = FilterPolicy::Key;

  explicit FilterReader(FilterScope scope) : scope_(scope) {}
  base::Result<Node> read_object(const base::Json& json, int64_t depth);
  base::Status check_size() const;

 private:
  base::Status read_member(const std::string& name, const base::Json& value, int64_t depth, Node& into);
  base::Result<std::vector<Node>> read_either(const base::Json& json, int64_t depth);
  base::Result<Key> read_key(const std::string& name, const base::Json& value, int64_t depth);

  FilterScope scope_;
  int64_t keys_ = 0, combinations_ = 1;
};

namespace {

constexpr int64_t kKeysMax = 5, kCombinationsMax = 150, kDepthMax = 16;
constexpr size_t kBytesMax = 256 * 1024;
constexpr double kNumberMax = 1e9;

base::Error refused(const std::string& why) { return invalid_parameter("FilterPolicy: " + why); }

std::string quoted(std::string_view name) { return "\"" + std::string(name.substr(0, 64)) + "\""; }

base::Status check_number(const base::Json& value) {
  double number = value.as_int() ? static_cast<double>(*value.as_int()) : value.as_double() ? *value.as_double() : 0;
  if (number < -kNumberMax || number > kNumberMax) return refused("Value of numeric must be between -1.0E9 and 1.0E9");
  return {};
}

base::Result<FilterTest> exact(const base::Json& value) {
  if (value.as_array() || value.as_object()) return refused("Match value must be String, number, true, false, or null");
  WEIR_CHECK_OK(check_number(value));
  return FilterTest{.how = How::equals, .value = value};
}

base::Result<FilterTest> text_test(How how, std::string_view name, const base::Json& value) {
  if (!value.as_string()) return refused(std::string(name) + " match pattern must be a string");
  if (value.as_string()->empty() && how != How::wildcard && how != How::equals_ignoring_case)
    return refused("Null prefix/suffix not allowed");
  if (how == How::wildcard && value.as_string()->find("**") != std::string::npos)
    return refused("Consecutive wildcard characters are not allowed");
  return FilterTest{.how = how, .text = *value.as_string()};
}

base::Result<FilterTest> cidr_test(const base::Json& value) {
  auto range = value.as_string() ? policy::IpRange::parse(*value.as_string()) : std::nullopt;
  if (!range || value.as_string()->find('/') == std::string::npos) return refused("Malformed CIDR");
  FilterTest test{.how = How::cidr};
  test.ranges.push_back(*range);
  return test;
}

base::Result<FilterTest> numeric_test(const base::Json& value) {
  auto* parts = value.as_array();
  if (!parts) return refused("Value of numeric must be an array.");
  if (parts->empty()) return refused("Invalid member in numeric match: ]");
  FilterTest test{.how = How::numeric};
  for (size_t i = 0; i < parts->size(); i += 2) {
    auto* sign = (*parts)[i].as_string();
    constexpr std::string_view kSigns[] = {"=", "<", "<=", ">", ">="};
    if (!sign || std::ranges::find(kSigns, *sign) == std::end(kSigns))
      return refused("Invalid member in numeric match");
    auto* number = i + 1 < parts->size() ? &(*parts)[i + 1] : nullptr;
    if (!number || (!number->as_int() && !number->as_double()))
      return refused("Value of " + *sign + " must be numeric");
    WEIR_CHECK_OK(check_number(*number));
    auto amount = number->as_int() ? static_cast<double>(*number->as_int()) : *number->as_double();
    test.comparisons.push_back({*sign, amount});
  }
  if (test.comparisons.size() > 2 || (test.comparisons.size() == 2 && test.comparisons.front().sign == "="))
    return refused("Too many elements in numeric expression");
  return test;
}

base::Result<FilterTest> exists_test(const base::Json& value) {
  if (!value.as_bool()) return refused("exists match pattern must be either true or false.");
  return FilterTest{.how = *value.as_bool() ? How::present : How::absent};
}

std::optional<How> text_how(std::string_view name) {
  if (name == "prefix") return How::prefix;
  if (name == "suffix") return How::suffix;
  if (name == "wildcard") return How::wildcard;
  if (name == "equals-ignore-case") return How::equals_ignoring_case;
  return std::nullopt;
}

// What "anything-but" is not: one value or a list of them, or a test of text with one or a list of patterns.
base::Status add_unwanted(const base::Json& value, FilterTest& into) {
  auto* object = value.as_object();
  if (!object) {
    WEIR_TRY(auto test, exact(value));
    return into.none_of.push_back(std::move(test)), base::Status();
  }
  auto how = object->size() == 1 ? text_how(object->front().first) : std::nullopt;
  if (!how) return refused("Unsupported anything-but pattern");
  const auto& [name, pattern] = object->front();
  if (!pattern.as_array()) {
    WEIR_TRY(auto test, text_test(*how, name, pattern));
    return into.none_of.push_back(std::move(test)), base::Status();
  }
  for (const auto& one : *pattern.as_array()) {
    WEIR_TRY(auto test, text_test(*how, name, one));
    into.none_of.push_back(std::move(test));
  }
  return {};
}

base::Result<FilterTest> anything_but_test(const base::Json& value) {
  FilterTest test{.how = How::anything_but};
  if (!value.as_array()) {
    WEIR_CHECK_OK(add_unwanted(value, test));
    return test;
  }
  for (const auto& one : *value.as_array()) WEIR_CHECK_OK(add_unwanted(one, test));
  if (test.none_of.empty()) return refused("anything-but list may not be empty");
  return test;
}

base::Result<FilterTest> read_test(const base::Json& json) {
  auto* object = json.as_object();
  if (!object) return exact(json);
  if (object->size() != 1) return refused("Only one key allowed in match expression");
  const auto& [name, value] = object->front();
  if (auto how = text_how(name)) return text_test(*how, name, value);
  if (name == "anything-but") return anything_but_test(value);
  if (name == "numeric") return numeric_test(value);
  if (name == "exists") return exists_test(value);
  if (name == "cidr") return cidr_test(value);
  return refused("Unrecognized match type " + name.substr(0, 64));
}

}  // namespace

base::Result<FilterReader::Key> FilterReader::read_key(const std::string& name, const base::Json& value,
                                                       int64_t depth) {
  Key key{name, {}, nullptr};
  if (value.as_object()) {
    if (scope_ == FilterScope::attributes)
      return refused("Filter policy scope MessageAttributes does not support nested filter policy");
    WEIR_TRY(auto below, read_object(value, depth + 1));
    key.below = std::make_shared<const Node>(std::move(below));
    return key;
  }
  if (!value.as_array()) return refused(quoted(name) + " must be an object or an array");
  if (value.as_array()->empty()) return refused("Empty arrays are not allowed");
  ++keys_;
  // A nested key counts once for every level, as AWS counts it. Saturated: more than enough is refused anyway.
  combinations_ = std::min<int64_t>(combinations_ * static_cast<int64_t>(value.as_array()->size()) * depth,
                                    kCombinationsMax * kBytesMax);
  for (const auto& item : *value.as_array()) {
    WEIR_TRY(auto test, read_test(item));
    key.any_of.push_back(std::move(test));
  }
  return key;
}

base::Result<std::vector<FilterReader::Node>> FilterReader::read_either(const base::Json& json, int64_t depth) {
  std::vector<Node> either;
  for (const auto& item : *json.as_array()) {
    WEIR_TRY(auto node, read_object(item, depth));
    either.push_back(std::move(node));
  }
  return either;
}

base::Status FilterReader::read_member(const std::string& name, const base::Json& value, int64_t depth, Node& into) {
  // "$or" with fewer than two objects is a key of that name.
  auto is_object = [](const base::Json& item) { return item.as_object() && !item.as_object()->empty(); };
  if (name == "$or" && value.as_array() && value.as_array()->size() > 1 &&
      std::ranges::all_of(*value.as_array(), is_object)) {
    WEIR_TRY(auto either, read_either(value, depth));
    return into.alternatives.push_back(std::move(either)), base::Status();
  }
  WEIR_TRY(auto key, read_key(name, value, depth));
  return into.keys.push_back(std::move(key)), base::Status();
}

base::Result<FilterReader::Node> FilterReader::read_object(const base::Json& json, int64_t depth) {
  if (!json.as_object()) return refused("Filter is not an object");
  if (depth > kDepthMax) return refused("Filter policy is too deep");
  Node node;
  for (const auto& [name, value] : *json.as_object()) WEIR_CHECK_OK(read_member(name, value, depth, node));
  if (depth > 1 && node.keys.empty() && node.alternatives.empty()) return refused("Empty objects are not allowed");
  return node;
}

base::Status FilterReader::check_size() const {
  if (scope_ == FilterScope::event) return {};  // its length is the limit
  if (keys_ > kKeysMax) return refused("Filter policy can not have more than 5 keys");
  if (combinations_ > kCombinationsMax) return refused("Filter policy is too complex");
  return {};
}

base::Result<FilterPolicy> FilterPolicy::parse(std::string_view text, FilterScope scope) {
  if (text.size() > kBytesMax) return refused("Filter policy is too long");
  auto json = base::parse_json(text);
  if (!json) return refused("failed to parse JSON.");
  FilterReader reader(scope);
  WEIR_TRY(auto root, reader.read_object(*json, 1));
  WEIR_CHECK_OK(reader.check_size());
  FilterPolicy policy;
  policy.root_ = std::make_shared<const Node>(std::move(root));
  return policy;
}

}  // namespace weir::notifications
