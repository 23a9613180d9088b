#include "identity/trust.h"

#include "identity/ids.h"
#include "identity/records.h"
#include "identity/user.h"

namespace weir::identity {
namespace {

using FoundText = base::Result<std::optional<std::string>>;

template <class T>
FoundText id_when_arn_is(store::Transaction& tx, const std::string& key, std::string_view arn) {
  WEIR_TRY(auto found, load<T>(tx, key));
  // ARNs match case-sensitively and with their path, though names are unique without regard to case.
  if (!found || found->arn() != arn) return std::optional<std::string>();
  return std::optional(found->id);
}

template <class T>
FoundText arn_at(store::Transaction& tx, const std::string& key) {
  WEIR_TRY(auto found, load<T>(tx, key));
  return found ? std::optional(found->arn()) : std::nullopt;
}

base::Error nobody(std::string_view text) {
  return base::fail(base::Kind::malformed_policy, "Invalid principal in policy: \"AWS\":\"" + std::string(text) + "\"",
                    "policy");
}

// An id is taken only while somebody has it: what a read showed after a deletion cannot be saved back.
base::Status check_ids(store::Transaction& tx, const policy::Policy& policy) {
  for (auto& statement : policy.statements()) {
    if (!statement.principal()) continue;
    for (auto& pattern : statement.principal()->patterns()) {
      if (pattern.form() != policy::PrincipalPattern::Form::unique_id) continue;
      WEIR_TRY(auto arn, find_principal_arn(tx, pattern.value()));
      if (!arn) return nobody(pattern.value());
    }
  }
  return {};
}

}  // namespace

FoundText find_principal_id(store::Transaction& tx, std::string_view arn) {
  auto parsed = names::Arn::parse(arn);
  if (!parsed.ok() || parsed->service != "iam") return std::optional<std::string>();
  auto account = names::AccountId::parse(parsed->account);
  if (!account.ok()) return std::optional<std::string>();
  auto name = arn.substr(arn.rfind('/') + 1);
  if (parsed->resource.starts_with("user/"))
    return id_when_arn_is<User>(tx, keys::one(*account, Noun::user, name), arn);
  if (parsed->resource.starts_with("role/"))
    return id_when_arn_is<Role>(tx, keys::one(*account, Noun::role, name), arn);
  return std::optional<std::string>();
}

FoundText find_principal_arn(store::Transaction& tx, std::string_view unique_id) {
  WEIR_TRY(auto named, load<NamedId>(tx, keys::unique_id(unique_id)));
  if (!named) return std::optional<std::string>();
  WEIR_TRY(auto noun, parse_noun(named->noun));
  if (noun == Noun::user) return arn_at<User>(tx, keys::one(named->account, noun, named->name));
  if (noun == Noun::role) return arn_at<Role>(tx, keys::one(named->account, noun, named->name));
  return std::optional<std::string>();
}

base::Result<policy::PolicyPtr> bind_document(store::Transaction& tx, std::string_view document,
                                              policy::PolicyKind kind) {
  WEIR_TRY(auto policy, policy::parse_policy(document, kind));
  WEIR_CHECK_OK(check_ids(tx, *policy));
  policy::Bindings ids;
  for (auto& arn : policy::principal_arns(*policy)) {
    WEIR_TRY(auto id, find_principal_id(tx, arn));
    if (!id) return nobody(arn);
    ids.emplace(arn, std::move(*id));
  }
  return policy::with_bindings(policy, ids);
}

base::Result<std::string> published_trust(store::Transaction& tx, const Role& role) {
  policy::Bindings there;
  for (auto& [arn, id] : role.trust_ids) {
    WEIR_TRY(auto holder, find_principal_arn(tx, id));
    if (holder) there.emplace(arn, id);
  }
  return policy::published_text(*compiled_trust(role),
                                [&](std::string_view arn, std::string_view) { return there.contains(arn); });
}

policy::PolicyPtr compiled_trust(const Role& role) {
  policy::Bindings ids(role.trust_ids.begin(), role.trust_ids.end());
  return policy::with_bindings(policy::load_policy(role.trust, policy::PolicyKind::trust), ids);
}

}  // namespace weir::identity
