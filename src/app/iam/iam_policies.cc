#include "app/iam/iam_policies.h"

#include "app/iam/iam_targets.h"

namespace weir::app {

using identity::ManagedPolicy;
using identity::keys::Use;

namespace {

base::Result<size_t> count_uses(store::Transaction& tx, const names::AccountId& account, Use use,
                                const std::string& arn) {
  WEIR_TRY(auto entries, identity::all_under(tx, identity::keys::uses(account, use, arn)));
  return entries.size();
}

base::Result<ShownPolicy> shown(store::Transaction& tx, const names::AccountId& account, ManagedPolicy policy) {
  ShownPolicy out;
  WEIR_TRY(out.attachments, count_uses(tx, account, Use::attachment, policy.arn()));
  WEIR_TRY(out.boundaries, count_uses(tx, account, Use::boundary, policy.arn()));
  out.attachable = !policy.path.starts_with(identity::kServiceRolePath);
  out.policy = std::move(policy);
  return out;
}

// The model has no alphabet for it, and answers are XML, which cannot say these.
base::Status check_description(const std::string& text) {
  for (char c : text)
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r')
      return base::invalid("The specified value for description is invalid. It must not contain control characters.",
                           "description");
  return {};
}

}  // namespace

base::Result<ShownPolicy> create_policy(Call& call, const identity::NewPolicy& wanted) {
  WEIR_CHECK_OK(check_description(wanted.description));
  WEIR_TRY(auto account, own_account(call));
  call.about("policyName", wanted.name);
  call.about("path", wanted.path);
  call.about("policyDocument", wanted.document);
  WEIR_CHECK_OK(authorize_new(
      call,
      {"iam:CreatePolicy", "iam:TagPolicy", names::policy_arn(account, wanted.path, wanted.name), wanted.tags, {}}));
  ShownPolicy made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(made.policy, identity::PolicyRecords(tx, account).create(wanted, call.now(), call.lake().randomness));
    return {};
  }));
  return made;
}

base::Result<ShownPolicy> get_policy(Call& call, const std::string& arn) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:GetPolicy"}, arn, Touch::reads));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return shown(*tx, account, std::move(policy));
}

base::Status delete_policy(Call& call, const std::string& arn) {
  WEIR_TRY(auto policy, authorize_policy(call, {"iam:DeletePolicy"}, arn, Touch::changes));
  return change(call, policy, [&](store::Transaction& tx) { return records_of(tx, policy).erase(arn); });
}

base::Result<identity::Page<ShownPolicy>> list_policies(Call& call, const identity::PolicyListRequest& request) {
  WEIR_TRY(auto account, own_account(call));
  call.about("pathPrefix", request.page.path_prefix);
  WEIR_CHECK_OK(call.authorize({.action = "iam:ListPolicies"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  WEIR_TRY(auto policies, identity::PolicyRecords(*tx, account).list(request));
  identity::Page<ShownPolicy> out;
  out.marker = std::move(policies.marker);
  for (auto& policy : policies.items) {
    WEIR_TRY(auto item, shown(*tx, account, std::move(policy)));
    out.items.push_back(std::move(item));
  }
  return out;
}

}  // namespace weir::app
