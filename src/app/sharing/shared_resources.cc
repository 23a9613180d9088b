#include "app/sharing/shared_resources.h"

#include <algorithm>

#include "app/sharing/share_joining.h"
#include "sharing/receiver.h"
#include "sharing/shares.h"

namespace weir::app {

using sharing::Share;
using sharing::Shareable;

namespace {

// invalid for what is no type of resource; empty types are not asked about.
base::Result<std::string> type_named(const std::optional<std::string>& name) {
  if (!name) return std::string();
  auto type = sharing::resource_type_named(*name);
  if (!type) return base::invalid("The resource type " + name->substr(0, 64) + " is not one of this server's.", "type");
  return std::string(to_string(*type));
}

// ARNs as they are kept. What cannot be shared is found in no share; what is no ARN is an error.
base::Result<std::vector<std::string>> resource_texts(const std::vector<std::string>& arns) {
  std::vector<std::string> out;
  for (const auto& arn : arns) {
    auto resource = Shareable::parse(arn);
    if (!resource.ok() && resource.error().about == "arn") return std::move(resource).error();
    out.push_back(resource.ok() ? resource->text : arn);
  }
  return out;
}

base::Result<std::vector<std::string>> principal_texts(const std::vector<std::string>& principals) {
  std::vector<std::string> out;
  for (const auto& text : principals) {
    WEIR_TRY(auto receiver, sharing::Receiver::parse(text));
    out.push_back(receiver.text);
  }
  return out;
}

bool is_among(const std::vector<std::string>& texts, const std::string& text) {
  return texts.empty() || std::ranges::find(texts, text) != texts.end();
}

// With whom an own share is shared; of a received one, the account that shares it.
std::vector<SharingPrincipal> principals_of(const Call& call, const Share& share, ShareSide side) {
  auto memberships = memberships_of(call);
  const auto& owner = share.owner.text();
  if (side == ShareSide::received)
    return {{owner, share.arn(), !memberships.are_together(owner, call.caller().account()), share.created}};
  std::vector<SharingPrincipal> out;
  for (const auto& one : call.state().shares.principals_of(share)) {
    bool external = !one.is_collective() && !memberships.are_together(owner, one.receiver);
    out.push_back({one.principal, share.arn(), external, one.created});
  }
  return out;
}

bool has_principal(const Call& call, const Share& share, ShareSide side, const std::vector<std::string>& principals) {
  if (principals.empty()) return true;
  return std::ranges::any_of(principals_of(call, share, side),
                             [&](const auto& one) { return is_among(principals, one.id); });
}

bool has_resource(const Call& call, const Share& share, const std::vector<std::string>& resources,
                  const std::string& type) {
  if (resources.empty() && type.empty()) return true;
  return std::ranges::any_of(call.state().shares.resources_of(share), [&](const auto& one) {
    return is_among(resources, one.resource) && (type.empty() || sharing::type_name_of(one.resource) == type);
  });
}

template <class T>
std::vector<T> as_list(const std::optional<T>& value) {
  return value ? std::vector<T>{*value} : std::vector<T>();
}

}  // namespace

base::Result<std::vector<SharedResource>> list_shared_resources(Call& call, const SharedResourceFilter& filter) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:ListResources"}));
  WEIR_TRY(auto type, type_named(filter.type));
  WEIR_TRY(auto resources, resource_texts(filter.resources));
  WEIR_TRY(auto principals, principal_texts(as_list(filter.principal)));
  WEIR_TRY(auto shares, shares_on_side(call, filter.side, filter.shares));
  std::vector<SharedResource> out;
  for (const auto* share : shares) {
    if (!has_principal(call, *share, filter.side, principals)) continue;
    for (const auto& one : call.state().shares.resources_of(*share)) {
      std::string its_type(sharing::type_name_of(one.resource));
      if (is_among(resources, one.resource) && (type.empty() || type == its_type))
        out.push_back({one.resource, its_type, share->arn(), one.created});
    }
  }
  return out;
}

base::Result<bool> is_available(Call& call, const std::string& arn) {
  WEIR_TRY(auto resource, Shareable::parse(arn));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return is_in_catalog(*tx, resource);
}

base::Result<std::vector<SharingPrincipal>> list_sharing_principals(Call& call, const SharingPrincipalFilter& filter) {
  WEIR_CHECK_OK(call.authorize({.action = "ram:ListPrincipals"}));
  WEIR_TRY(auto type, type_named(filter.type));
  WEIR_TRY(auto resources, resource_texts(as_list(filter.resource)));
  WEIR_TRY(auto principals, principal_texts(filter.principals));
  WEIR_TRY(auto shares, shares_on_side(call, filter.side, filter.shares));
  std::vector<SharingPrincipal> out;
  for (const auto* share : shares) {
    if (!has_resource(call, *share, resources, type)) continue;
    for (auto& one : principals_of(call, *share, filter.side))
      if (is_among(principals, one.id)) out.push_back(std::move(one));
  }
  return out;
}

}  // namespace weir::app
