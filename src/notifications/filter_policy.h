// Which messages a subscription wants: a filter policy, compiled when it is set and matched when a message is
// published.
//
// Invariants:
//  1. A policy is a conjunction of keys; each key has alternatives; "$or" has alternative policies.
//  2. What a test cannot compare (text with a number, an attribute that is absent) it does not match.
//
// Threads: immutable values.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "notifications/message.h"
#include "policy/ip_range.h"

namespace weir::notifications {

// What is asked: the attributes of a message, its body, or an event on a bus, whose patterns have other limits.
enum class FilterScope { attributes, body, event };
// Of a subscription: attributes or body.
base::Result<FilterScope> parse_filter_scope(std::string_view text);

// One alternative of a key.
struct FilterTest {
  enum class How {
    equals,
    equals_ignoring_case,
    prefix,
    suffix,
    wildcard,
    cidr,
    numeric,
    anything_but,
    present,
    absent
  };
  struct Comparison {
    std::string sign;
    double number = 0;
  };
  How how = How::equals;
  base::Json value = {};                     // equals
  std::string text = {};                     // of the tests of text
  std::vector<Comparison> comparisons = {};  // all of them
  std::vector<FilterTest> none_of = {};      // anything_but
  std::vector<policy::IpRange> ranges = {};  // cidr: one
};

class FilterPolicy {
 public:
  // Kind::invalid "Invalid parameter: FilterPolicy: ..." for what AWS refuses: tests that are none, more than five
  // keys, more than 150 combinations, nested keys where attributes are meant.
  static base::Result<FilterPolicy> parse(std::string_view text, FilterScope scope);

  // `facts`: an object, as attributes_as_json() makes it or as the body is.
  bool matches(const base::Json& facts) const { return matches(*root_, facts); }
  bool is_empty() const { return root_->keys.empty() && root_->alternatives.empty(); }

 private:
  struct Node;
  struct Key {
    std::string name;
    std::vector<FilterTest> any_of;
    std::shared_ptr<const Node> below;  // instead, for a key that holds an object
  };
  struct Node {
    std::vector<Key> keys;
    std::vector<std::vector<Node>> alternatives;  // of each "$or"
  };
  friend class FilterReader;
  static bool matches(const Node& node, const base::Json& facts);
  static bool matches(const Key& key, const base::Json& facts);
  static bool matches_below(const Node& node, const base::Json* value);
  std::shared_ptr<const Node> root_;
};

// Whether a subscription with this policy wants the message. A body that is no JSON object matches nothing.
bool wants(const FilterPolicy& policy, FilterScope scope, const Message& message, const std::string& text);
// The attributes as their types say: numbers as numbers, arrays as arrays; binary ones are left out.
base::Json attributes_as_json(const Message& message);

}  // namespace weir::notifications
