#include "identity/naming.h"

#include "base/text.h"

namespace weir::identity {
namespace {

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

base::Status check(std::string_view field, std::string_view value, size_t least, size_t most,
                   std::string_view punctuation) {
  if (value.size() < least || value.size() > most)
    return base::invalid("The specified value for " + std::string(field) + " is invalid. It must have " +
                             std::to_string(least) + " to " + std::to_string(most) + " characters.",
                         std::string(field));
  for (char c : value)
    if (!is_word(c) && punctuation.find(c) == std::string_view::npos)
      return base::invalid("The specified value for " + std::string(field) +
                               " is invalid. It must contain only alphanumeric characters and/or the following: " +
                               std::string(punctuation) + "_",
                           std::string(field));
  return {};
}

constexpr std::string_view kNameMarks = "+=,.@-";

}  // namespace

base::Status check_user_name(std::string_view name) { return check("userName", name, 1, 64, kNameMarks); }
base::Status check_role_name(std::string_view name) { return check("roleName", name, 1, 64, kNameMarks); }
base::Status check_group_name(std::string_view name) { return check("groupName", name, 1, 128, kNameMarks); }
base::Status check_policy_name(std::string_view name) { return check("policyName", name, 1, 128, kNameMarks); }
base::Status check_saml_provider_name(std::string_view name) { return check("name", name, 1, 128, "._-"); }
base::Status check_federated_user_name(std::string_view name) { return check("name", name, 2, 32, kNameMarks); }

base::Status check_path(std::string_view path) {
  bool shape = !path.empty() && path.size() <= 512 && path.front() == '/' && path.back() == '/';
  for (char c : path) shape = shape && c >= '!' && c <= '~';
  if (path == "//") shape = false;
  if (!shape)
    return base::invalid(
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric "
        "characters and/or / characters.",
        "path");
  return {};
}

base::Status check_role_session_name(std::string_view name) {
  return check("roleSessionName", name, 2, 64, kNameMarks);
}
base::Status check_external_id(std::string_view id) { return check("externalId", id, 2, 1224, "+=,.@:/-"); }

base::Status check_source_identity(std::string_view identity) {
  if (base::starts_with_ignoring_case(identity, "aws:"))
    return base::invalid("The specified value for sourceIdentity is invalid. It must not begin with aws:.",
                         "sourceIdentity");
  return check("sourceIdentity", identity, 2, 64, kNameMarks);
}

}  // namespace weir::identity
