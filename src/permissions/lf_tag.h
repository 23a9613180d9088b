// LF-Tags: keys with allowed values, what carries them, and expressions over them (lakeformation.md 2.12).
//
// INVARIANT: keys and values are lower case and valid; a TagExpression has at least one term, each key once,
// its terms by key and their values sorted, so that equal expressions have equal text. A default-made
// TagExpression is empty and matches nothing.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/result.h"

namespace weir::permissions {

inline constexpr size_t kTagKeyLengthMax = 128;
inline constexpr size_t kTagValueLengthMax = 256;
inline constexpr size_t kTagsPerAccountMax = 1000;
inline constexpr size_t kValuesPerTagMax = 1000;
inline constexpr size_t kTagsPerResourceMax = 50;
inline constexpr size_t kSavedExpressionsMax = 1000;
inline constexpr size_t kPoliciesPerPrincipalMax = 50;
inline constexpr size_t kInlineExpressionBytesMax = 900;
inline constexpr std::string_view kAnyTagValue = "*";  // in grants on LF-Tags: the key and all its values

// Lower case, or why it cannot be a key or a value.
base::Result<std::string> tag_key(std::string_view text);
base::Result<std::string> tag_value(std::string_view text);

struct LfTag {
  std::string key;
  std::vector<std::string> values;  // in the order given
  std::string created_by;
  base::Instant last_updated;
};
WEIR_RECORD(LfTag, FIELD("Key", &LfTag::key), FIELD("Values", &LfTag::values), FIELD("CreatedBy", &LfTag::created_by),
            FIELD("LastUpdated", &LfTag::last_updated))

// What carries a tag: a database, a table, or a column of one.
struct TagPlace {
  std::string catalog, database, table, column;  // lower case; table and column may be empty
  bool operator==(const TagPlace&) const = default;
  std::string text() const;  // "sales.orders.id"
};

struct TagAssignment {
  std::string key, value;
  base::Instant last_updated;
  std::string last_updated_by;
};
WEIR_RECORD(TagAssignment, FIELD("Key", &TagAssignment::key), FIELD("Value", &TagAssignment::value),
            FIELD("LastUpdated", &TagAssignment::last_updated), FIELD("LastUpdatedBy", &TagAssignment::last_updated_by))

struct TagTerm {
  std::string key;
  std::vector<std::string> values;
  bool operator==(const TagTerm&) const = default;
};
WEIR_RECORD(TagTerm, FIELD("Key", &TagTerm::key), FIELD("Values", &TagTerm::values))

// AND over keys, OR over the values of one key.
class TagExpression {
 public:
  TagExpression() = default;
  // Refuses: no terms, a term without values, a key twice, the value `*`, invalid keys or values.
  static base::Result<TagExpression> of(std::vector<TagTerm> terms);
  const std::vector<TagTerm>& terms() const { return terms_; }
  bool empty() const { return terms_.empty(); }
  bool names(std::string_view key) const;  // whether a term is about this key
  std::string text() const;                // "area=eu,us AND pii=no"
  // Canonical and reversible, as part of a grant's key.
  std::string encoded() const;
  static base::Result<TagExpression> decode(std::string_view encoded);
  bool operator==(const TagExpression&) const = default;

 private:
  std::vector<TagTerm> terms_;
};
base::Json to_json(const TagExpression& expression);
base::Status from_json(const base::Json& json, TagExpression& expression);

struct SavedExpression {
  std::string name;
  std::string description;
  TagExpression expression;
  std::string created_by;
  base::Instant last_updated;
};
WEIR_RECORD(SavedExpression, FIELD("Name", &SavedExpression::name), FIELD("Description", &SavedExpression::description),
            FIELD("Expression", &SavedExpression::expression), FIELD("CreatedBy", &SavedExpression::created_by),
            FIELD("LastUpdated", &SavedExpression::last_updated))

}  // namespace weir::permissions
