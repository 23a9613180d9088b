#include "identity/access_key.h"

namespace weir::identity {

std::string_view to_string(KeyStatus status) {
  switch (status) {
    case KeyStatus::active: return "Active";
    case KeyStatus::inactive: return "Inactive";
  }
  return "Inactive";
}

base::Result<KeyStatus> parse_key_status(std::string_view text) {
  if (text == "Active") return KeyStatus::active;
  if (text == "Inactive") return KeyStatus::inactive;
  return base::invalid("The specified value for status is invalid. It must be Active or Inactive.", "status");
}

base::Json to_json(KeyStatus status) { return to_string(status); }

base::Status from_json(const base::Json& json, KeyStatus& status) {
  if (!json.as_string()) return base::internal("record: a key status was expected");
  WEIR_TRY(status, parse_key_status(*json.as_string()));
  return {};
}

}  // namespace weir::identity
