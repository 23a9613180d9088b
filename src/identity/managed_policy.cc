#include "identity/managed_policy.h"

#include "base/text.h"

namespace weir::identity {

std::string ManagedPolicy::arn() const {
  if (account.empty()) return "arn:aws:iam::aws:policy" + path + name;
  return names::policy_arn(account, path, name);
}

const PolicyVersion* ManagedPolicy::version(int number) const {
  for (auto& version : versions)
    if (version.number == number) return &version;
  return nullptr;
}

const std::string& ManagedPolicy::document() const {
  auto* current = version(default_version);
  CHECK_TRUE(current, "the default version of a managed policy exists");
  return current->document;
}

base::Result<int> parse_version_id(std::string_view text) {
  auto number = text.starts_with('v') && text.size() > 1 && text[1] >= '1' && text[1] <= '9'
                    ? base::parse_int(text.substr(1))
                    : base::Result<int64_t>(base::invalid("not a version id"));
  if (!number.ok() || *number > 1'000'000'000)
    return base::invalid("The specified value for versionId is invalid.", "versionId");
  return static_cast<int>(*number);
}

}  // namespace weir::identity
