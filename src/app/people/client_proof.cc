#include "app/people/client_proof.h"

#include <algorithm>

#include "app/people/sign_in_faults.h"
#include "app/people/user_pools.h"
#include "base/hash.h"
#include "base/text.h"

namespace weir::app {
namespace {

constexpr size_t kValueBytesMax = 2048;

base::Error unproved(const ClientOfPool& by) {
  return not_signed_in("Unable to verify secret hash for client " + by.client.id);
}

bool may_write(const ClientOfPool& by, const std::string& name) {
  const auto& listed = by.client.writable;
  if (name.ends_with("_verified")) return false;
  if (listed.empty()) return people::is_standard_attribute(name);
  return std::ranges::find(listed, name) != listed.end();
}

}  // namespace

base::Status check_secret_hash(const Lake& lake, const ClientOfPool& by, const std::vector<std::string>& names,
                               const std::string& hash) {
  if (by.client.sealed_secret.empty()) return {};
  WEIR_TRY(auto secret, client_secret(lake, by.pool, by.client));
  for (const auto& name : names) {
    auto expected = base::base64(base::hmac_sha256(secret.reveal(), name + by.client.id));
    if (base::same_bytes(expected, hash)) return {};
  }
  return unproved(by);
}

base::Status check_client_secret(const Lake& lake, const ClientOfPool& by, const std::optional<std::string>& given) {
  if (by.client.sealed_secret.empty()) return {};
  WEIR_TRY(auto secret, client_secret(lake, by.pool, by.client));
  return given && base::same_bytes(secret.reveal(), *given) ? base::Status() : base::Status(unproved(by));
}

base::Status check_attribute(const people::UserPool& pool, const std::string& name, const std::string& value) {
  if (!pool.has_attribute(name)) return wrong_parameter("Attributes did not conform to the schema: " + name + ".");
  if (value.size() > kValueBytesMax || !base::is_valid_utf8(value) || base::has_control_characters(value))
    return wrong_parameter("Attributes did not conform to the schema: the value of " + name + ".");
  bool truth = name.ends_with("_verified");
  if (truth && !people::is_true(value) && !base::equal_ignoring_case(value, "false"))
    return wrong_parameter("Attributes did not conform to the schema: " + name + " is true or false.");
  return {};
}

base::Status check_own_attribute(const ClientOfPool& by, const std::string& name, const std::string& value) {
  WEIR_CHECK_OK(check_attribute(by.pool, name, value));
  if (may_write(by, name)) return {};
  return not_signed_in("A client attempted to write unauthorized attribute");
}

void set_own_attribute(people::Person& person, const std::string& name, const std::string& value) {
  person.attributes[name] = value;
  if (name == "email" || name == "phone_number") person.attributes[name + "_verified"] = "false";
}

}  // namespace weir::app
