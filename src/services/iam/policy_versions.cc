#include "app/iam/iam_policies.h"
#include "services/iam/policies.h"

namespace weir::services::iam {

namespace w = wire::iam;

namespace {

// Documents are shown by GetPolicyVersion alone.
w::PolicyVersion to_wire(const app::ShownVersion& shown) {
  w::PolicyVersion out;
  out.VersionId = shown.version.id();
  out.IsDefaultVersion = shown.in_force;
  out.CreateDate = shown.version.created;
  return out;
}

}  // namespace

base::Result<w::CreatePolicyVersionResponse> create_policy_version(app::Call& call,
                                                                   const w::CreatePolicyVersionRequest& in) {
  WEIR_TRY(auto made,
           app::create_policy_version(call, *in.PolicyArn, *in.PolicyDocument, in.SetAsDefault.value_or(false)));
  w::CreatePolicyVersionResponse out;
  out.PolicyVersion = to_wire(made);
  return out;
}

base::Result<w::GetPolicyVersionResponse> get_policy_version(app::Call& call, const w::GetPolicyVersionRequest& in) {
  WEIR_TRY(auto shown, app::get_policy_version(call, *in.PolicyArn, *in.VersionId));
  w::GetPolicyVersionResponse out;
  out.PolicyVersion = to_wire(shown);
  out.PolicyVersion->Document = encoded(shown.version.document);
  return out;
}

base::Result<wire::Nothing> delete_policy_version(app::Call& call, const w::DeletePolicyVersionRequest& in) {
  return done(app::delete_policy_version(call, *in.PolicyArn, *in.VersionId));
}

base::Result<w::ListPolicyVersionsResponse> list_policy_versions(app::Call& call,
                                                                 const w::ListPolicyVersionsRequest& in) {
  WEIR_TRY(auto page, app::list_policy_versions(call, *in.PolicyArn, page_request(in)));
  w::ListPolicyVersionsResponse out;
  out.Versions.give();
  for (const auto& version : page.items) out.Versions.push_back(to_wire(version));
  finish_page(out, page.marker);
  return out;
}

base::Result<wire::Nothing> set_default_policy_version(app::Call& call, const w::SetDefaultPolicyVersionRequest& in) {
  return done(app::set_default_policy_version(call, *in.PolicyArn, *in.VersionId));
}

}  // namespace weir::services::iam
