// application/x-www-form-urlencoded, as the query protocol nests it: Tags.member.1.Key=team.
//
// A Form owns the decoded parameters, sorted so that everything below a name lies together; a FormNode is such a
// range. Finding a child is a binary search, so that a hostile form costs n log n and not n squared.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace weir::wire {

struct FormField {
  std::string name;
  std::string value;
};

class FormNode {
 public:
  FormNode() = default;
  // `prefix`: how many characters of each name lead here, the dot included.
  FormNode(std::span<const FormField> fields, size_t prefix) : fields_(fields), prefix_(prefix) {}

  bool empty() const { return fields_.empty(); }
  // The value of exactly this name; null when only longer names are there.
  const std::string* value() const;
  FormNode child(std::string_view name) const;
  // The children named 1, 2, 3, ... in numeric order; gaps close up. An Error for names that are no such numbers.
  base::Result<std::vector<FormNode>> numbered_children() const;

 private:
  // The first step of a field's name below this node.
  std::string_view step(const FormField& field) const;
  std::span<const FormField> fields_;
  size_t prefix_ = 0;
};

class Form {
 public:
  // Pieces are whole forms (a query string and a body), read as one. Refuses a name twice and what is not UTF-8.
  static base::Result<Form> parse(std::span<const std::string_view> pieces);

  FormNode root() const { return FormNode(fields_, 0); }
  const std::string* find(std::string_view name) const { return root().child(name).value(); }

 private:
  std::vector<FormField> fields_;
};

// The value of one parameter without parsing the rest; for routing. Empty when it is not there.
std::string form_value(std::string_view form, std::string_view name);

}  // namespace weir::wire
