#include "services/cognito_identity/cognito_identity_service.h"

#include <algorithm>

#include "app/people/identity_credentials.h"
#include "app/people/identity_pools.h"
#include "base/text.h"
#include "services/cognito_identity/errors.h"
#include "wire/cognito_identity_operations.h"

namespace weir::services {
namespace {

using namespace wire::cognito_identity;

base::Result<wire::Nothing> done(base::Status status) {
  if (!status.ok()) return std::move(status).error();
  return wire::Nothing{};
}

base::Error not_offered(std::string_view name) {
  return base::fail(base::Kind::unsupported, std::string(name) + " is not offered here.", "parameter");
}

// What both requests have: sources are user pools of this server.
template <class In>
base::Result<people::IdentityPool> read_pool(const In& in) {
  if (in.AllowUnauthenticatedIdentities.value_or(false)) return not_offered("AllowUnauthenticatedIdentities");
  if (in.AllowClassicFlow.value_or(false)) return not_offered("AllowClassicFlow");
  if (!in.SupportedLoginProviders.empty()) return not_offered("SupportedLoginProviders");
  if (in.DeveloperProviderName) return not_offered("DeveloperProviderName");
  if (!in.OpenIdConnectProviderARNs.empty()) return not_offered("OpenIdConnectProviderARNs");
  if (!in.SamlProviderARNs.empty()) return not_offered("SamlProviderARNs");
  people::IdentityPool out;
  out.name = in.IdentityPoolName.value_or("");
  out.tags = in.IdentityPoolTags.items();
  for (const auto& source : in.CognitoIdentityProviders)
    out.sources.push_back(
        {source.ProviderName.value_or(""), source.ClientId.value_or(""), source.ServerSideTokenCheck.value_or(false)});
  return out;
}

IdentityPool to_wire(const people::IdentityPool& pool) {
  IdentityPool out;
  out.IdentityPoolId = pool.id;
  out.IdentityPoolName = pool.name;
  out.AllowUnauthenticatedIdentities = false;
  out.AllowClassicFlow = false;
  for (const auto& source : pool.sources) {
    CognitoIdentityProvider item;
    item.ProviderName = source.provider;
    item.ClientId = source.client;
    item.ServerSideTokenCheck = source.server_side_check;
    out.CognitoIdentityProviders.push_back(std::move(item));
  }
  out.IdentityPoolTags = pool.tags;
  return out;
}

base::Result<people::RoleMapping> mapping_from(const RoleMapping& in) {
  people::RoleMapping out;
  out.by_rules = in.Type.value_or("") == "Rules";
  if (!in.AmbiguousRoleResolution)
    return base::invalid("AmbiguousRoleResolution is AuthenticatedRole or Deny.", "parameter");
  out.otherwise_default = *in.AmbiguousRoleResolution == "AuthenticatedRole";
  if (!in.RulesConfiguration) return out;
  for (const auto& rule : in.RulesConfiguration->Rules) {
    auto match = people::parse_match(rule.MatchType.value_or(""));
    if (!match) return base::invalid("MatchType is not known.", "parameter");
    out.rules.push_back({rule.Claim.value_or(""), *match, rule.Value.value_or(""), rule.RoleARN.value_or("")});
  }
  return out;
}

RoleMapping to_wire(const people::RoleMapping& mapping) {
  RoleMapping out;
  out.Type = mapping.by_rules ? "Rules" : "Token";
  out.AmbiguousRoleResolution = mapping.otherwise_default ? "AuthenticatedRole" : "Deny";
  if (!mapping.by_rules) return out;
  RulesConfigurationType rules;
  for (const auto& rule : mapping.rules) {
    MappingRule item;
    item.Claim = rule.claim;
    item.MatchType = people::to_string(rule.match);
    item.Value = rule.value;
    item.RoleARN = rule.role;
    rules.Rules.push_back(std::move(item));
  }
  out.RulesConfiguration = std::move(rules);
  return out;
}

base::Result<app::PoolRoles> roles_from(const SetIdentityPoolRolesInput& in) {
  app::PoolRoles out;
  for (const auto& [kind, role] : in.Roles) {
    if (kind != "authenticated") return not_offered("A role but of kind authenticated");
    out.authenticated = role;
  }
  for (const auto& [provider, mapping] : in.RoleMappings) {
    WEIR_TRY(auto read, mapping_from(mapping));
    out.mappings.emplace(provider, std::move(read));
  }
  return out;
}

base::Result<IdentityPool> create_identity_pool(app::Call& call, const CreateIdentityPoolInput& in) {
  WEIR_TRY(auto wanted, read_pool(in));
  WEIR_TRY(auto pool, app::create_identity_pool(call, std::move(wanted)));
  return to_wire(pool);
}

base::Result<IdentityPool> describe_identity_pool(app::Call& call, const DescribeIdentityPoolInput& in) {
  WEIR_TRY(auto pool, app::describe_identity_pool(call, *in.IdentityPoolId));
  return to_wire(pool);
}

base::Result<ListIdentityPoolsResponse> list_identity_pools(app::Call& call, const ListIdentityPoolsInput& in) {
  auto after = base::unbase64url(in.NextToken.value_or(""));
  people::PageWanted wanted{after.ok() ? *after : "", static_cast<size_t>(std::max(1, in.MaxResults.value_or(60)))};
  WEIR_TRY(auto page, app::list_identity_pools(call, wanted));
  ListIdentityPoolsResponse out;
  out.IdentityPools.give();
  for (const auto& pool : page.items) {
    IdentityPoolShortDescription item;
    item.IdentityPoolId = pool.id;
    item.IdentityPoolName = pool.name;
    out.IdentityPools.push_back(std::move(item));
  }
  if (!page.next.empty()) out.NextToken = base::base64url(page.next);
  return out;
}

base::Result<IdentityPool> update_identity_pool(app::Call& call, const IdentityPool& in) {
  WEIR_TRY(auto wanted, read_pool(in));
  wanted.id = *in.IdentityPoolId;
  WEIR_TRY(auto pool, app::update_identity_pool(call, wanted));
  return to_wire(pool);
}

base::Result<wire::Nothing> delete_identity_pool(app::Call& call, const DeleteIdentityPoolInput& in) {
  return done(app::delete_identity_pool(call, *in.IdentityPoolId));
}

base::Result<wire::Nothing> set_roles(app::Call& call, const SetIdentityPoolRolesInput& in) {
  WEIR_TRY(auto roles, roles_from(in));
  return done(app::set_identity_pool_roles(call, *in.IdentityPoolId, roles));
}

base::Result<GetIdentityPoolRolesResponse> get_roles(app::Call& call, const GetIdentityPoolRolesInput& in) {
  WEIR_TRY(auto pool, app::get_identity_pool_roles(call, *in.IdentityPoolId));
  GetIdentityPoolRolesResponse out;
  out.IdentityPoolId = pool.id;
  out.Roles.give();
  if (!pool.authenticated_role.empty()) out.Roles["authenticated"] = pool.authenticated_role;
  for (const auto& [provider, mapping] : pool.mappings) out.RoleMappings[provider] = to_wire(mapping);
  return out;
}

base::Result<GetIdResponse> get_id(app::Call& call, const GetIdInput& in) {
  WEIR_TRY(auto id, app::identity_of(call, *in.IdentityPoolId, in.Logins.items()));
  return GetIdResponse{.IdentityId = id};
}

base::Result<GetCredentialsForIdentityResponse> get_credentials(app::Call& call,
                                                                const GetCredentialsForIdentityInput& in) {
  WEIR_TRY(auto made, app::credentials_for_identity(call, {*in.IdentityId, in.Logins.items(), in.CustomRoleArn}));
  Credentials credentials;
  credentials.AccessKeyId = made.access_key_id;
  credentials.SecretKey = made.secret.reveal();
  credentials.SessionToken = made.token;
  credentials.Expiration = made.expires;
  GetCredentialsForIdentityResponse out;
  out.IdentityId = *in.IdentityId;
  out.Credentials = std::move(credentials);
  return out;
}

}  // namespace

const Service& cognito_identity_service() {
  static const Route routes[] = {
      write<op::CreateIdentityPool, create_identity_pool>(),
      read<op::DescribeIdentityPool, describe_identity_pool>(),
      read<op::ListIdentityPools, list_identity_pools>(),
      write<op::UpdateIdentityPool, update_identity_pool>(),
      write<op::DeleteIdentityPool, delete_identity_pool>(),
      write<op::SetIdentityPoolRoles, set_roles>(),
      read<op::GetIdentityPoolRoles, get_roles>(),
      sign_in<op::GetId, get_id>(),
      sign_in<op::GetCredentialsForIdentity, get_credentials>(),
  };
  static const Service service{&model(), routes, &cognito_identity_error};
  return service;
}

}  // namespace weir::services
