#include "identity/documents.h"

#include "policy/document.h"

namespace weir::identity {

base::Status check_permission_document(std::string_view document) {
  auto policy = policy::parse_policy(document, policy::PolicyKind::identity);
  if (!policy.ok()) return std::move(policy).error();
  return {};
}

base::Status check_policy_size(size_t size, size_t most, std::string_view noun) {
  if (size <= most) return {};
  return base::fail(base::Kind::limit_exceeded,
                    "Maximum policy size of " + std::to_string(most) + " bytes exceeded for " + std::string(noun) + ".",
                    std::string(noun));
}

base::Status check_managed_document(std::string_view document) {
  WEIR_CHECK_OK(check_permission_document(document));
  return check_policy_size(policy::count_without_white_space(document), kManagedPolicyMax, "policy");
}

}  // namespace weir::identity
