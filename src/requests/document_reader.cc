#include "requests/document_reader.h"

#include "base/text.h"

namespace weir::requests {

void DocumentFaults::add(const std::string& place, std::string_view what) {
  if (first_.empty()) first_ = (place.empty() ? "The document" : place) + " " + std::string(what) + ".";
}

base::Status DocumentFaults::status() const {
  if (first_.empty()) return {};
  return base::invalid(first_, "policy");
}

ObjectReader::ObjectReader(const base::Json& json, std::string place, DocumentFaults& faults)
    : json_(json), place_(std::move(place)), faults_(faults) {
  const auto* object = json.as_object();
  if (!object) {
    faults_.add(place_, "is not an object");
    return;
  }
  std::set<std::string> seen;
  for (const auto& [name, value] : *object)
    if (!seen.insert(name).second) faults_.add(place_of(name), "is there twice");
}

ObjectReader::~ObjectReader() {
  const auto* object = json_.as_object();
  if (!object) return;
  for (const auto& [name, value] : *object)
    if (!asked_.contains(name)) faults_.add(place_of(name), "is not known");
}

const base::Json* ObjectReader::member(const std::string& name) {
  asked_.insert(name);
  return json_.find(name);
}

bool ObjectReader::asked_and_there(const std::string& name) const { return json_.find(name) != nullptr; }

void ObjectReader::text(const std::string& name, std::string& out, size_t length_max) {
  const auto* found = member(name);
  if (!found) return;
  const auto* value = found->as_string();
  if (!value) return faults_.add(place_of(name), "is not a text");
  if (value->empty() || value->size() > length_max || base::has_control_characters(*value))
    return faults_.add(place_of(name), "is empty, too long or has control characters");
  out = *value;
}

void ObjectReader::flag(const std::string& name, bool& out) {
  std::optional<bool> found;
  flag(name, found);
  out = found.value_or(out);
}

void ObjectReader::flag(const std::string& name, std::optional<bool>& out) {
  const auto* found = member(name);
  if (!found) return;
  if (!found->as_bool()) return faults_.add(place_of(name), "is not true or false");
  out = *found->as_bool();
}

void ObjectReader::number(const std::string& name, int64_t& out, int64_t min, int64_t max) {
  std::optional<int64_t> found;
  number(name, found, min, max);
  out = found.value_or(out);
}

void ObjectReader::number(const std::string& name, std::optional<int64_t>& out, int64_t min, int64_t max) {
  const auto* found = member(name);
  if (!found) return;
  const auto* value = found->as_int();
  if (!value || *value < min || *value > max)
    return faults_.add(place_of(name),
                       "is not a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  out = *value;
}

const base::Json::Array* ObjectReader::array(const std::string& name, size_t most) {
  const auto* found = member(name);
  if (!found) return nullptr;
  const auto* list = found->as_array();
  if (!list || list->empty() || list->size() > most)
    return faults_.add(place_of(name), "is not a list of 1 to " + std::to_string(most)), nullptr;
  return list;
}

void ObjectReader::texts(const std::string& name, std::vector<std::string>& out, size_t most) {
  each(name, most, [&](const base::Json& json, const std::string& place) {
    const auto* value = json.as_string();
    if (!value || value->empty() || value->size() > 2048 || base::has_control_characters(*value))
      return faults_.add(place, "is not a text of 1 to 2048 characters");
    out.push_back(*value);
  });
}

void ObjectReader::text_lists(const std::string& name, std::map<std::string, std::vector<std::string>>& out,
                              size_t most) {
  const auto* found = member(name);
  if (!found) return;
  const auto* object = found->as_object();
  if (!object || object->empty() || object->size() > most)
    return faults_.add(place_of(name), "is not an object of 1 to " + std::to_string(most) + " lists");
  ObjectReader inner(*found, place_of(name), faults_);
  for (const auto& [key, value] : *object) inner.texts(key, out[key], most);
}

}  // namespace weir::requests
