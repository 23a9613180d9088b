#include "wire/form.h"

#include <algorithm>

#include "base/text.h"
#include "wire/faults.h"

namespace weir::wire {
namespace {

constexpr size_t kFieldsMax = 20'000;

// Dots sort before everything, so that A, A.b and A.c stay together although A-x is there too.
bool comes_before(std::string_view a, std::string_view b) {
  auto rank = [](char c) { return c == '.' ? 0 : static_cast<unsigned char>(c) + 1; };
  return std::ranges::lexicographical_compare(a, b, {}, rank, rank);
}

base::Status add_fields(std::string_view form, std::vector<FormField>& fields) {
  for (auto pair : base::split(form, '&')) {
    if (pair.empty()) continue;
    if (fields.size() == kFieldsMax) return serialization_fault("The request has too many parameters.");
    auto equals = pair.find('=');
    auto value = equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1);
    fields.push_back({base::uri_decode(pair.substr(0, equals), true), base::uri_decode(value, true)});
    auto& field = fields.back();
    if (!base::is_valid_utf8(field.name) || !base::is_valid_utf8(field.value))
      return serialization_fault("The request parameters are not valid UTF-8.");
  }
  return {};
}

// 1..999999 without leading zeros; 0 when it is none.
size_t list_index(std::string_view step) {
  if (step.empty() || step.size() > 6 || step[0] == '0') return 0;
  size_t index = 0;
  for (char c : step) {
    if (c < '0' || c > '9') return 0;
    index = index * 10 + static_cast<size_t>(c - '0');
  }
  return index;
}

}  // namespace

base::Result<Form> Form::parse(std::span<const std::string_view> pieces) {
  Form form;
  for (auto piece : pieces) WEIR_CHECK_OK(add_fields(piece, form.fields_));
  std::ranges::sort(form.fields_, comes_before, &FormField::name);
  if (std::ranges::adjacent_find(form.fields_, {}, &FormField::name) != form.fields_.end())
    return serialization_fault("The request has a parameter twice.");
  return form;
}

std::string_view FormNode::step(const FormField& field) const {
  if (field.name.size() < prefix_) return {};
  auto rest = std::string_view(field.name).substr(prefix_);
  return rest.substr(0, rest.find('.'));
}

const std::string* FormNode::value() const {
  if (fields_.empty()) return nullptr;
  // The name itself sorts first; its length lacks the dot that `prefix_` counts.
  auto& first = fields_.front();
  return first.name.size() + 1 == prefix_ ? &first.value : nullptr;
}

FormNode FormNode::child(std::string_view name) const {
  auto below = [&](const FormField& field) { return comes_before(step(field), name); };
  auto not_above = [&](const FormField& field) { return !comes_before(name, step(field)); };
  auto first = std::partition_point(fields_.begin(), fields_.end(), below);
  auto last = std::partition_point(first, fields_.end(), not_above);
  // A value of the node itself has an empty step and is nobody's child.
  if (first != last && first->name.size() < prefix_) ++first;
  return FormNode(std::span(first, last), prefix_ + name.size() + 1);
}

base::Result<std::vector<FormNode>> FormNode::numbered_children() const {
  std::vector<std::pair<size_t, FormNode>> numbered;
  for (size_t at = 0; at < fields_.size();) {
    if (fields_[at].name.size() < prefix_) {
      ++at;
      continue;
    }
    auto name = step(fields_[at]);
    size_t end = at;
    while (end < fields_.size() && step(fields_[end]) == name) ++end;
    auto index = list_index(name);
    if (!index) return serialization_fault("A list in the request is not numbered from 1.");
    numbered.emplace_back(index, FormNode(fields_.subspan(at, end - at), prefix_ + name.size() + 1));
    at = end;
  }
  std::ranges::sort(numbered, {}, &std::pair<size_t, FormNode>::first);
  std::vector<FormNode> children;
  children.reserve(numbered.size());
  for (auto& [index, node] : numbered) children.push_back(node);
  return children;
}

std::string form_value(std::string_view form, std::string_view name) {
  for (auto pair : base::split(form, '&')) {
    auto equals = pair.find('=');
    if (equals == std::string_view::npos) continue;
    auto key = pair.substr(0, equals);
    if (key == name || (key.find('%') != std::string_view::npos && base::uri_decode(key, true) == name))
      return base::uri_decode(pair.substr(equals + 1), true);
  }
  return {};
}

}  // namespace weir::wire
