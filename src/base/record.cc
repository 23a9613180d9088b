#include "base/record.h"

namespace weir::base {
namespace {
Error wrong(const char* expected) { return internal(std::string("record: ") + expected + " was expected"); }
}  // namespace

Status from_json(const Json& json, std::string& value) {
  if (!json.as_string()) return wrong("a string");
  value = *json.as_string();
  return {};
}
Status from_json(const Json& json, bool& value) {
  if (!json.as_bool()) return wrong("a boolean");
  value = *json.as_bool();
  return {};
}
Status from_json(const Json& json, int64_t& value) {
  if (!json.as_int()) return wrong("an integer");
  value = *json.as_int();
  return {};
}
Status from_json(const Json& json, int& value) {
  if (!json.as_int()) return wrong("an integer");
  value = static_cast<int>(*json.as_int());
  return {};
}
Status from_json(const Json& json, double& value) {
  if (json.as_double()) {
    value = *json.as_double();
  } else if (json.as_int()) {
    value = static_cast<double>(*json.as_int());
  } else {
    return wrong("a number");
  }
  return {};
}
Status from_json(const Json& json, Instant& value) {
  if (!json.as_int()) return wrong("microseconds since the epoch");
  value = Instant(std::chrono::microseconds(*json.as_int()));
  return {};
}
Status from_json(const Json& json, Secret& value) {
  if (!json.as_string()) return wrong("a string");
  value = Secret(*json.as_string());
  return {};
}

}  // namespace weir::base
