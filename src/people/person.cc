#include "people/person.h"

#include "base/text.h"

namespace weir::people {
namespace {

constexpr Status kAll[] = {Status::force_change_password, Status::confirmed, Status::reset_required};

}  // namespace

std::string_view to_string(Status status) {
  switch (status) {
    case Status::force_change_password: return "FORCE_CHANGE_PASSWORD";
    case Status::confirmed: return "CONFIRMED";
    case Status::reset_required: return "RESET_REQUIRED";
  }
  return "";
}

base::Json to_json(Status status) { return to_string(status); }

base::Status from_json(const base::Json& json, Status& status) {
  for (auto one : kAll)
    if (json.as_string() && *json.as_string() == to_string(one)) return status = one, base::Status();
  return base::internal("a person's record has no status");
}

bool is_true(std::string_view text) { return base::equal_ignoring_case(text, "true"); }

std::string Person::attribute(const std::string& name) const {
  auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

std::string Person::verified_email() const {
  return is_true(attribute("email_verified")) ? attribute("email") : std::string();
}

}  // namespace weir::people
