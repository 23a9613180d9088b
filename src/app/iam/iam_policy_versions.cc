#include "app/iam/iam_page.h"
#include "app/iam/iam_policies.h"
#include "app/iam/iam_targets.h"

namespace weir::app {

using identity::PolicyVersion;

base::Result<ShownVersion> create_policy_version(Call& call, const std::string& arn, const std::string& document,
                                                 bool make_default) {
  call.about("policyDocument", document);
  call.about("setAsDefault", make_default);
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:CreatePolicyVersion"}, arn, Touch::changes));
  ShownVersion made{{}, make_default};
  WEIR_CHECK_OK(change(call, policy, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(made.version, records_of(tx, policy).create_version(arn, document, make_default, call.now()));
    return {};
  }));
  return made;
}

base::Result<ShownVersion> get_policy_version(Call& call, const std::string& arn, const std::string& version_id) {
  call.about("versionId", version_id);
  WEIR_TRY(auto number, identity::parse_version_id(version_id));
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:GetPolicyVersion"}, arn, Touch::reads));
  if (auto* version = policy.version(number)) return ShownVersion{*version, number == policy.default_version};
  return base::not_found("Policy " + arn + " version " + version_id + " does not exist or is not attachable.",
                         "policy");
}

base::Status delete_policy_version(Call& call, const std::string& arn, const std::string& version_id) {
  call.about("versionId", version_id);
  WEIR_TRY(auto number, identity::parse_version_id(version_id));
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:DeletePolicyVersion"}, arn, Touch::changes));
  return change(call, policy,
                [&](store::Transaction& tx) { return records_of(tx, policy).erase_version(arn, number); });
}

base::Result<identity::Page<ShownVersion>> list_policy_versions(Call& call, const std::string& arn,
                                                                const identity::PageRequest& page) {
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:ListPolicyVersions"}, arn, Touch::reads));
  std::vector<ShownVersion> versions;
  for (auto& version : policy.versions) versions.push_back({version, version.number == policy.default_version});
  return page_of(std::move(versions), page, [](const ShownVersion& shown) {
    // Newest first: the larger the number, the smaller its key.
    return std::to_string(2'000'000'000 - shown.version.number);
  });
}

base::Status set_default_policy_version(Call& call, const std::string& arn, const std::string& version_id) {
  call.about("versionId", version_id);
  WEIR_TRY(auto number, identity::parse_version_id(version_id));
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:SetDefaultPolicyVersion"}, arn, Touch::changes));
  return change(call, policy, [&](store::Transaction& tx) {
    return records_of(tx, policy).set_default_version(arn, number, call.now());
  });
}

}  // namespace weir::app
