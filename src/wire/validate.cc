#include "wire/validate.h"

#include <string>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "wire/pattern.h"

namespace weir::wire {
namespace {

constexpr size_t kViolationsMax = 10;
constexpr size_t kEchoedCharactersMax = 64;

// At most that many code points, with dots for the rest.
std::string shortened(std::string_view text) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool starts_character = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (starts_character && characters++ == kEchoedCharactersMax) return std::string(text.substr(0, i)) + "...";
  }
  return std::string(text);
}

std::string lower_first(std::string_view name) {
  std::string text(name);
  if (!text.empty()) text[0] = base::ascii_lower(text[0]);
  return text;
}

// A length or a number against its bounds; empty when it keeps them.
std::string bounds_broken(const Constraint& constraint, int64_t measured, std::string_view what) {
  auto say = [&](std::string_view relation, int64_t bound) {
    return "Member must have " + std::string(what) + " " + std::string(relation) + " than or equal to " +
           std::to_string(bound);
  };
  if (constraint.min != Constraint::kNone && measured < constraint.min) return say("greater", constraint.min);
  if (constraint.max != Constraint::kNone && measured > constraint.max) return say("less", constraint.max);
  return {};
}

bool is_one_of(std::string_view text, std::span<const std::string_view> values) {
  return std::find(values.begin(), values.end(), text) != values.end();
}

std::string set_broken(const Constraint& constraint) {
  std::string says = "Member must satisfy enum value set: [";
  for (auto& value : constraint.values) {
    if (&value != &constraint.values.front()) says += ", ";
    says += value;
  }
  return says += "]";
}

class Validator {
 public:
  void structure(const Shape& shape, const void* object);
  base::Status verdict() const;

 private:
  void value(const Shape& shape, const void* value, bool sensitive);
  void string(const Constraint& constraint, const std::string& text, bool sensitive);
  void number(const Constraint& constraint, int64_t value, bool sensitive);
  void list(const Shape& shape, const void* list, bool sensitive);
  void map(const Shape& shape, const void* map, bool sensitive);
  void broken(std::string_view found, std::string constraint);
  bool is_full() const { return violations_.size() >= kViolationsMax; }

  template <class Check>
  void below(std::string_view step, Check check) {
    const size_t before = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += step;
    check();
    path_.resize(before);
  }

  std::string path_;
  std::vector<std::string> violations_;
};

// `found` is already quoted, or says nothing of the value.
void Validator::broken(std::string_view found, std::string constraint) {
  if (constraint.empty() || is_full()) return;
  violations_.push_back("Value " + std::string(found) + (found.empty() ? "" : " ") + "at '" + path_ +
                        "' failed to satisfy constraint: " + std::move(constraint));
}

void Validator::structure(const Shape& shape, const void* object) {
  for (auto& member : shape.members) {
    if (is_full()) return;
    auto* given = member.get(object);
    if (!given && !member.required) continue;
    below(lower_first(member.name), [&] {
      if (given)
        value(*member.shape, given, member.sensitive);
      else
        broken("null", "Member must not be null");
    });
  }
}

void Validator::value(const Shape& shape, const void* value, bool sensitive) {
  sensitive = sensitive || shape.sensitive;
  if (shape.type == Type::structure) return structure(shape, value);
  if (shape.type == Type::list) return list(shape, value, sensitive);
  if (shape.type == Type::map) return map(shape, value, sensitive);
  if (!shape.constraint) return;
  auto& constraint = *shape.constraint;
  switch (shape.type) {
    case Type::string: return string(constraint, *static_cast<const std::string*>(value), sensitive);
    case Type::integer: return number(constraint, *static_cast<const int32_t*>(value), sensitive);
    case Type::long_integer: return number(constraint, *static_cast<const int64_t*>(value), sensitive);
    case Type::floating: {
      // Truncation towards zero keeps whole bounds intact on either side except just outside them.
      auto real = *static_cast<const double*>(value);
      if (constraint.min != Constraint::kNone && real < static_cast<double>(constraint.min))
        return number(constraint, constraint.min - 1, true);
      if (constraint.max != Constraint::kNone && real > static_cast<double>(constraint.max))
        return number(constraint, constraint.max + 1, true);
      return;
    }
    case Type::blob:
      return broken({}, bounds_broken(constraint, static_cast<int64_t>(static_cast<const std::string*>(value)->size()),
                                      "length"));
    default: return;
  }
}

void Validator::string(const Constraint& constraint, const std::string& text, bool sensitive) {
  auto found = [&] { return sensitive ? std::string() : "'" + shortened(text) + "'"; };
  auto length = bounds_broken(constraint, static_cast<int64_t>(base::utf8_length(text)), "length");
  const bool too_long = !length.empty() && constraint.max != Constraint::kNone;
  if (!length.empty()) broken(found(), std::move(length));
  if (!constraint.values.empty() && !is_one_of(text, constraint.values)) broken(found(), set_broken(constraint));
  // What is too long is not matched: the caller learns enough, and we do less work.
  if (!too_long && constraint.pattern && !constraint.pattern->matches(text))
    broken(found(), "Member must satisfy regular expression pattern: " + std::string(constraint.pattern->published()));
}

void Validator::number(const Constraint& constraint, int64_t value, bool sensitive) {
  broken(sensitive ? "" : "'" + std::to_string(value) + "'", bounds_broken(constraint, value, "value"));
}

void Validator::list(const Shape& shape, const void* list, bool sensitive) {
  auto items = shape.list->items(list);
  if (shape.constraint) broken({}, bounds_broken(*shape.constraint, static_cast<int64_t>(items.count), "length"));
  for (size_t i = 0; i < items.count && !is_full(); ++i)
    below(std::to_string(i + 1) + ".member",
          [&] { value(*shape.element, items.first + i * shape.list->stride, sensitive); });
}

void Validator::map(const Shape& shape, const void* map, bool sensitive) {
  if (shape.constraint)
    broken({}, bounds_broken(*shape.constraint, static_cast<int64_t>(shape.map->size(map)), "length"));
  struct Entries {
    Validator& validator;
    const Shape& shape;
    bool sensitive;
  } entries{*this, shape, sensitive};
  shape.map->each(map, &entries, [](void* context, const std::string& key, const void* held) {
    auto& [validator, shape, sensitive] = *static_cast<Entries*>(context);
    if (validator.is_full()) return;
    validator.below("key", [&, &v = validator, &s = shape, secret = sensitive] { v.value(*s.key, &key, secret); });
    validator.below("value",
                    [&, &v = validator, &s = shape, secret = sensitive] { v.value(*s.element, held, secret); });
  });
}

base::Status Validator::verdict() const {
  if (violations_.empty()) return {};
  std::string says = std::to_string(violations_.size()) + " validation error";
  says += violations_.size() == 1 ? " detected: " : "s detected: ";
  for (size_t i = 0; i < violations_.size(); ++i) (says += i ? "; " : "") += violations_[i];
  return base::invalid(std::move(says), std::string(kValidation));
}

}  // namespace

base::Status validate(const Shape& shape, const void* input) {
  Validator validator;
  validator.structure(shape, input);
  return validator.verdict();
}

}  // namespace weir::wire
