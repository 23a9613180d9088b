// Operations that exist alike for users, groups and roles: inline policies, attached policies, boundaries and
// tags. One template each; the request says which noun it is about.
#pragma once
#include "app/iam/iam_attachments.h"
#include "app/iam/iam_boundaries.h"
#include "app/iam/iam_inline_policies.h"
#include "app/iam/iam_tags.h"
#include "services/iam/shapes.h"
#include "services/service.h"

namespace weir::services::iam {

// --- policies written into the holder

template <class In>
base::Result<wire::Nothing> put_policy(app::Call& call, const In& in) {
  return done(app::put_inline_policy<HolderOf<In>>(call, holder_name(in), *in.PolicyName, *in.PolicyDocument));
}

// The answer repeats the names of the request.
inline void repeat_name(wire::iam::GetUserPolicyResponse& out, const wire::iam::GetUserPolicyRequest& in) {
  out.UserName = in.UserName;
}
inline void repeat_name(wire::iam::GetGroupPolicyResponse& out, const wire::iam::GetGroupPolicyRequest& in) {
  out.GroupName = in.GroupName;
}
inline void repeat_name(wire::iam::GetRolePolicyResponse& out, const wire::iam::GetRolePolicyRequest& in) {
  out.RoleName = in.RoleName;
}

template <class Op>
base::Result<typename Op::Output> show_policy(app::Call& call, const typename Op::Input& in) {
  using Holder = HolderOf<typename Op::Input>;
  WEIR_TRY(auto document, app::get_inline_policy<Holder>(call, holder_name(in), *in.PolicyName));
  typename Op::Output out;
  repeat_name(out, in);
  out.PolicyName = in.PolicyName;
  out.PolicyDocument = encoded(document);
  return out;
}

template <class In>
base::Result<wire::Nothing> delete_policy_of(app::Call& call, const In& in) {
  return done(app::delete_inline_policy<HolderOf<In>>(call, holder_name(in), *in.PolicyName));
}

template <class Op>
base::Result<typename Op::Output> list_policies_of(app::Call& call, const typename Op::Input& in) {
  using Holder = HolderOf<typename Op::Input>;
  WEIR_TRY(auto page, app::list_inline_policies<Holder>(call, holder_name(in), page_request(in)));
  typename Op::Output out;
  out.PolicyNames = std::move(page.items);
  finish_page(out, page.marker);
  return out;
}

// --- managed policies attached to the holder

template <class In>
base::Result<wire::Nothing> attach(app::Call& call, const In& in) {
  return done(app::attach_policy<HolderOf<In>>(call, holder_name(in), *in.PolicyArn));
}

template <class In>
base::Result<wire::Nothing> detach(app::Call& call, const In& in) {
  return done(app::detach_policy<HolderOf<In>>(call, holder_name(in), *in.PolicyArn));
}

template <class Op>
base::Result<typename Op::Output> list_attached(app::Call& call, const typename Op::Input& in) {
  using Holder = HolderOf<typename Op::Input>;
  WEIR_TRY(auto page, app::list_attached_policies<Holder>(call, holder_name(in), page_request(in)));
  typename Op::Output out;
  out.AttachedPolicies.give();
  for (auto& one : page.items)
    out.AttachedPolicies.push_back({.PolicyName = std::move(one.name), .PolicyArn = std::move(one.arn)});
  finish_page(out, page.marker);
  return out;
}

// --- boundaries

template <class In>
base::Result<wire::Nothing> put_boundary(app::Call& call, const In& in) {
  return done(app::put_boundary<HolderOf<In>>(call, holder_name(in), *in.PermissionsBoundary));
}

template <class In>
base::Result<wire::Nothing> delete_boundary(app::Call& call, const In& in) {
  return done(app::delete_boundary<HolderOf<In>>(call, holder_name(in)));
}

// --- tags

template <class In>
base::Result<wire::Nothing> tag(app::Call& call, const In& in) {
  return done(app::add_tags<HolderOf<In>>(call, holder_name(in), from_wire(in.Tags)));
}

template <class In>
base::Result<wire::Nothing> untag(app::Call& call, const In& in) {
  return done(app::remove_tags<HolderOf<In>>(call, holder_name(in), in.TagKeys.items()));
}

template <class Op>
base::Result<typename Op::Output> list_tags(app::Call& call, const typename Op::Input& in) {
  using Holder = HolderOf<typename Op::Input>;
  WEIR_TRY(auto page, app::list_tags<Holder>(call, holder_name(in), page_request(in)));
  typename Op::Output out;
  out.Tags = to_wire(page.items);
  out.Tags.give();
  finish_page(out, page.marker);
  return out;
}

}  // namespace weir::services::iam
