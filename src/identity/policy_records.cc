#include "identity/policy_records.h"

#include <algorithm>

#include "base/text.h"
#include "identity/aws_managed_policies.h"
#include "identity/documents.h"
#include "identity/ids.h"
#include "identity/naming.h"
#include "store/key.h"

namespace weir::identity {
namespace {

base::Error no_such_policy(std::string_view arn) {
  return base::not_found("Policy " + std::string(arn) + " does not exist or is not attachable.", "policy");
}
base::Error no_such_version(std::string_view arn, int number) {
  return base::not_found(
      "Policy " + std::string(arn) + " version v" + std::to_string(number) + " does not exist or is not attachable.",
      "policy");
}

// Lists of both scopes come with the server's own policies first; the marker says which half we are in.
constexpr std::string_view kInAws = "aws.", kInLocal = "own.";

}  // namespace

base::Status PolicyRecords::save_policy(const ManagedPolicy& policy) {
  return save(tx_, keys::one(account_, Noun::policy, policy.name), policy);
}

base::Result<ManagedPolicy> PolicyRecords::create(const NewPolicy& wanted, base::Instant now,
                                                  base::Randomness& randomness) {
  WEIR_CHECK_OK(check_policy_name(wanted.name));
  WEIR_CHECK_OK(check_path(wanted.path));
  WEIR_CHECK_OK(check_tags(wanted.tags));
  WEIR_CHECK_OK(check_managed_document(wanted.document));
  ManagedPolicy policy;
  policy.account = account_;
  policy.name = wanted.name;
  policy.path = wanted.path;
  policy.id = new_unique_id(IdKind::managed_policy, randomness);
  policy.description = wanted.description;
  policy.created = policy.updated = now;
  policy.versions.push_back({1, wanted.document, now});
  policy.tags = wanted.tags;
  WEIR_TRY(bool taken, exists(tx_, keys::one(account_, Noun::policy, wanted.name)));
  if (taken)
    return base::already_exists("A policy called " + wanted.name + " already exists. Duplicate names are not allowed.",
                                "policy");
  WEIR_CHECK_OK(save(tx_, keys::unique_id(policy.id), NamedId{account_, "policy", policy.name}));
  WEIR_CHECK_OK(save_policy(policy));
  return policy;
}

base::Result<ManagedPolicy> PolicyRecords::get(std::string_view arn) {
  if (auto* policy = find_aws_managed_policy(arn)) return *policy;
  WEIR_TRY(auto found, load<ManagedPolicy>(tx_, keys::one(account_, Noun::policy, arn.substr(arn.rfind('/') + 1))));
  if (!found || found->arn() != arn) return no_such_policy(arn);
  return std::move(*found);
}

base::Result<ManagedPolicy> PolicyRecords::get_to_change(std::string_view arn) {
  WEIR_TRY(auto policy, get(arn));
  if (policy.account.empty())
    return base::denied("Policy " + std::string(arn) + " is managed by the service and cannot be changed.", "policy");
  return policy;
}

base::Status PolicyRecords::erase(std::string_view arn) {
  WEIR_TRY(auto policy, get_to_change(arn));
  for (auto use : {keys::Use::attachment, keys::Use::boundary}) {
    WEIR_TRY(bool used, any_under(tx_, keys::uses(account_, use, arn)));
    if (used) return base::conflict("Cannot delete a policy attached to entities.", "policy");
  }
  if (policy.versions.size() > 1)
    return base::conflict(
        "This policy has more than one version. Before you delete a policy, you must delete the "
        "policy's versions. The default version is deleted with the policy.",
        "policy");
  WEIR_CHECK_OK(tx_.erase(keys::unique_id(policy.id)));
  return tx_.erase(keys::one(account_, Noun::policy, policy.name));
}

base::Result<bool> PolicyRecords::wanted(const ManagedPolicy& policy, const PolicyListRequest& request) {
  if (!policy.path.starts_with(request.page.path_prefix)) return false;
  if (request.used_as) {
    WEIR_TRY(bool used, any_under(tx_, keys::uses(account_, *request.used_as, policy.arn())));
    if (!used) return false;
  }
  if (!request.only_attached) return true;
  return any_under(tx_, keys::uses(account_, keys::Use::attachment, policy.arn()));
}

base::Result<Page<ManagedPolicy>> PolicyRecords::list_aws(const PolicyListRequest& request) {
  size_t at = 0;
  if (request.page.marker.starts_with(kInAws)) {
    WEIR_TRY(auto number, base::parse_int(std::string_view(request.page.marker).substr(kInAws.size())));
    if (number < 0) return base::invalid("The marker is not one that a list returned.", "marker");
    at = static_cast<size_t>(number);
  }
  auto all = aws_managed_policies();
  Page<ManagedPolicy> page;
  for (; at < all.size() && page.items.size() < request.page.items_max; ++at) {
    WEIR_TRY(bool keep, wanted(all[at], request));
    if (keep) page.items.push_back(all[at]);
  }
  if (at < all.size()) page.marker = std::string(kInAws) + std::to_string(at);
  return page;
}

base::Result<Page<ManagedPolicy>> PolicyRecords::list_local(const PolicyListRequest& request) {
  Page<ManagedPolicy> page;
  auto from = request.page;
  if (from.marker.starts_with(kInLocal)) from.marker = from.marker.substr(kInLocal.size());
  auto take = [&](const store::Entry& entry) -> base::Result<bool> {
    WEIR_TRY(auto policy, base::decode_record<ManagedPolicy>(entry.value));
    WEIR_TRY(bool keep, wanted(policy, request));
    if (keep) page.items.push_back(std::move(policy));
    return keep;
  };
  WEIR_TRY(page.marker, walk_page(tx_, keys::all(account_, Noun::policy), from, take));
  if (page.marker) page.marker = std::string(kInLocal) + *page.marker;
  return page;
}

base::Result<Page<ManagedPolicy>> PolicyRecords::list(const PolicyListRequest& request) {
  if (request.page.items_max == 0 || request.page.items_max > 1000)
    return base::invalid("MaxItems must be between 1 and 1000.", "maxItems");
  Page<ManagedPolicy> page;
  if (request.scope != PolicyScope::local && !request.page.marker.starts_with(kInLocal)) {
    WEIR_TRY(page, list_aws(request));
    if (page.marker || request.scope == PolicyScope::aws) return page;
  }
  auto rest = request;
  if (rest.page.marker.starts_with(kInAws)) rest.page.marker.clear();
  rest.page.items_max -= page.items.size();
  if (rest.page.items_max == 0) {
    WEIR_TRY(bool more, any_under(tx_, keys::all(account_, Noun::policy)));
    if (more) page.marker = std::string(kInLocal);
    return page;
  }
  WEIR_TRY(auto local, list_local(rest));
  std::move(local.items.begin(), local.items.end(), std::back_inserter(page.items));
  page.marker = local.marker;
  return page;
}

base::Result<PolicyVersion> PolicyRecords::create_version(std::string_view arn, std::string document, bool make_default,
                                                          base::Instant now) {
  WEIR_CHECK_OK(check_managed_document(document));
  WEIR_TRY(auto policy, get_to_change(arn));
  if (policy.versions.size() >= kPolicyVersionsMax)
    return base::fail(base::Kind::limit_exceeded,
                      "A managed policy can have up to 5 versions. Before you create a new version, you must delete "
                      "an existing version.",
                      "policy");
  PolicyVersion version{policy.next_version++, std::move(document), now};
  policy.versions.push_back(version);
  policy.updated = now;
  if (make_default) policy.default_version = version.number;
  WEIR_CHECK_OK(save_policy(policy));
  return version;
}

base::Result<PolicyVersion> PolicyRecords::get_version(std::string_view arn, int number) {
  WEIR_TRY(auto policy, get(arn));
  auto* version = policy.version(number);
  if (!version) return no_such_version(arn, number);
  return *version;
}

base::Status PolicyRecords::erase_version(std::string_view arn, int number) {
  WEIR_TRY(auto policy, get_to_change(arn));
  if (!policy.version(number)) return no_such_version(arn, number);
  if (policy.default_version == number)
    return base::conflict("Cannot delete the default version of a policy.", "policy");
  std::erase_if(policy.versions, [&](auto& version) { return version.number == number; });
  return save_policy(policy);
}

base::Status PolicyRecords::set_default_version(std::string_view arn, int number, base::Instant now) {
  WEIR_TRY(auto policy, get_to_change(arn));
  if (!policy.version(number)) return no_such_version(arn, number);
  policy.default_version = number;
  policy.updated = now;
  return save_policy(policy);
}

base::Status PolicyRecords::tag(std::string_view arn, const Tags& tags) {
  WEIR_CHECK_OK(check_tags(tags));
  WEIR_TRY(auto policy, get_to_change(arn));
  policy.tags = merged_tags(std::move(policy.tags), tags);
  WEIR_CHECK_OK(check_tags(policy.tags));
  return save_policy(policy);
}

base::Status PolicyRecords::untag(std::string_view arn, const std::vector<std::string>& keys) {
  WEIR_TRY(auto policy, get_to_change(arn));
  policy.tags = without_tags(std::move(policy.tags), keys);
  return save_policy(policy);
}

base::Result<std::vector<PolicyEntity>> PolicyRecords::entities(std::string_view arn, keys::Use use) {
  WEIR_TRY(auto policy, get(arn));
  std::vector<PolicyEntity> out;
  for (auto noun : {Noun::user, Noun::group, Noun::role}) {
    auto prefix = keys::uses(account_, use, policy.arn());
    WEIR_TRY(auto entries, all_under(tx_, prefix + store::encode_text(to_string(noun))));
    for (auto& entry : entries) out.push_back({noun, entry.value});
  }
  return out;
}

}  // namespace weir::identity
