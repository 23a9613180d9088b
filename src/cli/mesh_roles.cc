#include "cli/mesh_roles.h"

#include "base/text.h"
#include "cli/mesh_mark.h"
#include "cli/mesh_place.h"
#include "wire/iam_operations.h"

namespace weir::cli {
namespace {

using base::Json;
namespace iam = wire::iam;
namespace op = wire::iam::op;

constexpr std::string_view kInlineMark = "weir:mesh-inline0";

bool is_absent(const base::Error& error) { return error.about == "NoSuchEntity"; }

iam::Tag tag(std::string_view key, std::string_view value) { return {std::string(key), std::string(value)}; }

bool has_tag(const wire::List<iam::Tag>& tags, std::string_view key) {
  for (const auto& one : tags)
    if (one.Key == key) return true;
  return false;
}

// IAM percent-encodes documents in its answers.
base::Result<Json> read_document(const std::optional<std::string>& text) {
  return base::parse_json(base::uri_decode(text.value_or("")));
}

}  // namespace

base::Result<std::optional<FoundRole>> MeshRoles::find(const std::string& name) const {
  auto answer = client_.call<op::GetRole>({.RoleName = name});
  if (!answer && is_absent(answer.error())) return std::optional<FoundRole>();
  if (!answer) return answer.error();
  const auto& role = *answer->Role;
  WEIR_TRY(auto trust, read_document(role.AssumeRolePolicyDocument));
  return std::optional(
      FoundRole{role.Arn.value_or(""), mark_in(role.Tags), std::move(trust), has_tag(role.Tags, kInlineMark)});
}

base::Result<Json> MeshRoles::policy_of(const std::string& name) const {
  auto answer = client_.call<op::GetRolePolicy>({.RoleName = name, .PolicyName = std::string(kInlinePolicy)});
  if (!answer && is_absent(answer.error())) return Json();
  if (!answer) return answer.error();
  return read_document(answer->PolicyDocument);
}

base::Status MeshRoles::put(const MeshRole& role) {
  WEIR_TRY(auto found, find(role.name));
  if (!found) return create(role);
  if (found->mark != role.mark) return stands_in_the_way("role", role.name);
  return converge(role, *found);
}

base::Status MeshRoles::create(const MeshRole& role) {
  iam::CreateRoleRequest request;
  request.RoleName = role.name;
  request.Description = role.description;
  request.AssumeRolePolicyDocument = role.trust.dump();
  request.Tags = {tag(kMark, role.mark)};
  WEIR_TRY(auto made, client_.call<op::CreateRole>(request));
  if (!role.policy.is_null()) WEIR_CHECK_OK(write_policy(role.name, role.policy));
  ledger_.enter(Fate::made, "role", made.Role->Arn.value_or(role.name));
  return {};
}

base::Status MeshRoles::converge(const MeshRole& role, const FoundRole& found) {
  WEIR_TRY(bool trust, set_trust(role, found));
  WEIR_TRY(bool policy, set_policy(role.name, role.policy));
  ledger_.enter(trust || policy ? Fate::changed : Fate::there, "role", found.arn);
  return {};
}

base::Result<bool> MeshRoles::set_trust(const MeshRole& role, const FoundRole& found) {
  if (found.trust == role.trust) return false;
  WEIR_CHECK_OK(client_.call<op::UpdateAssumeRolePolicy>({.RoleName = role.name, .PolicyDocument = role.trust.dump()}));
  return true;
}

base::Result<bool> MeshRoles::set_policy(const std::string& name, const Json& policy) {
  WEIR_TRY(auto there, policy_of(name));
  if (there == policy) return false;
  if (policy.is_null())
    WEIR_CHECK_OK(erase_policy(name));
  else
    WEIR_CHECK_OK(write_policy(name, policy));
  return true;
}

base::Status MeshRoles::write_policy(const std::string& name, const Json& policy) {
  iam::PutRolePolicyRequest request{name, std::string(kInlinePolicy), policy.dump()};
  WEIR_CHECK_OK(client_.call<op::PutRolePolicy>(request));
  return {};
}

base::Status MeshRoles::erase_policy(const std::string& name) {
  auto gone = client_.call<op::DeleteRolePolicy>({.RoleName = name, .PolicyName = std::string(kInlinePolicy)});
  if (!gone && !is_absent(gone.error())) return gone.error();
  return {};
}

base::Result<bool> MeshRoles::holds_more(const std::string& name) const {
  WEIR_TRY(auto attached, client_.call<op::ListAttachedRolePolicies>({.RoleName = name}));
  WEIR_TRY(auto own, client_.call<op::ListRolePolicies>({.RoleName = name}));
  for (const auto& policy : own.PolicyNames)
    if (policy != kInlinePolicy) return true;
  return !attached.AttachedPolicies.empty();
}

base::Status MeshRoles::remove(const std::string& name, std::string_view mark) {
  WEIR_TRY(auto found, find(name));
  if (!found) {
    ledger_.enter(Fate::absent, "role", name);
    return {};
  }
  if (found->mark != mark) {
    ledger_.enter(Fate::left, "role", found->arn, kNotOurs);
    return {};
  }
  return remove_ours(*found, name);
}

base::Status MeshRoles::remove_ours(const FoundRole& found, const std::string& name) {
  WEIR_TRY(bool more, holds_more(name));
  if (more) {
    ledger_.enter(Fate::left, "role", found.arn, "somebody gave it further policies");
    return {};
  }
  WEIR_CHECK_OK(erase_policy(name));
  WEIR_CHECK_OK(client_.call<op::DeleteRole>({.RoleName = name}));
  ledger_.enter(Fate::removed, "role", found.arn);
  return {};
}

base::Status MeshRoles::put_policy_of_other(const std::string& name, const Json& policy) {
  auto what = name + "/" + std::string(kInlinePolicy);
  WEIR_TRY(auto there, policy_of(name));
  if (there == policy) {
    ledger_.enter(Fate::there, "role policy", what);
    return {};
  }
  WEIR_TRY(auto found, find(name));
  if (!there.is_null() && !(found && found->has_inline_mark)) return stands_in_the_way("role policy", what);
  WEIR_CHECK_OK(write_policy(name, policy));
  WEIR_CHECK_OK(client_.call<op::TagRole>({.RoleName = name, .Tags = {tag(kInlineMark, kUi)}}));
  ledger_.enter(there.is_null() ? Fate::made : Fate::changed, "role policy", what);
  return {};
}

base::Status MeshRoles::remove_policy_of_other(const std::string& name, const Json& policy) {
  auto what = name + "/" + std::string(kInlinePolicy);
  WEIR_TRY(auto found, find(name));
  WEIR_TRY(auto there, policy_of(name));
  if (there.is_null()) {
    ledger_.enter(Fate::absent, "role policy", what);
    return {};
  }
  if (!found->has_inline_mark || !(there == policy)) {
    ledger_.enter(Fate::left, "role policy", what, "not put there by weir mesh, or changed since");
    return {};
  }
  WEIR_CHECK_OK(erase_policy(name));
  WEIR_CHECK_OK(client_.call<op::UntagRole>({.RoleName = name, .TagKeys = {std::string(kInlineMark)}}));
  ledger_.enter(Fate::removed, "role policy", what);
  return {};
}

}  // namespace weir::cli
