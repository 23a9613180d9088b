#include "app/iam/iam_oidc_providers.h"

#include "app/iam/iam_providers.h"
#include "identity/oidc/discovery.h"

namespace weir::app {

using identity::OidcProvider;

namespace {

using Records = identity::OidcProviderRecords;

// The name is what its condition keys begin with, and "https://aws" would have aws:PrincipalTag/... among them.
base::Status check_name(const std::string& name) {
  if (name.find_first_of("./:") != std::string::npos) return {};
  return base::invalid("Invalid Open ID Connect Provider URL", "Url");
}

// Asks about the provider, then changes it.
template <class Body>
base::Status change_named(Call& call, std::string action, const std::string& arn, const Body& body) {
  WEIR_TRY(auto provider, authorize_provider<OidcProvider>(call, {std::move(action)}, arn));
  return change_provider(call, provider, [&](Records& records) { return body(records, provider.name); });
}

}  // namespace

base::Result<OidcProvider> create_oidc_provider(Call& call, const NewIssuer& wanted) {
  WEIR_TRY(auto account, own_account(call));
  call.about("url", wanted.url);
  call.about("clientIDList", base::to_json(wanted.client_ids));
  WEIR_CHECK_OK(identity::oidc::check_issuer(wanted.url, identity::oidc::Transport::https_only));
  WEIR_CHECK_OK(check_name(identity::oidc::provider_name(wanted.url)));
  identity::NewOidcProvider fresh{identity::oidc::provider_name(wanted.url), wanted.client_ids, wanted.thumbprints,
                                  wanted.tags};
  WEIR_CHECK_OK(authorize_new(call, {"iam:CreateOpenIDConnectProvider", "iam:TagOpenIDConnectProvider",
                                     names::oidc_provider_arn(account, fresh.name), wanted.tags}));
  OidcProvider made;
  WEIR_CHECK_OK(store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_TRY(made, Records(tx, account).create(fresh, call.now()));
    return {};
  }));
  return made;
}

base::Result<OidcProvider> get_oidc_provider(Call& call, const std::string& arn) {
  return authorize_provider<OidcProvider>(call, {"iam:GetOpenIDConnectProvider"}, arn);
}

base::Status delete_oidc_provider(Call& call, const std::string& arn) {
  return change_named(call, "iam:DeleteOpenIDConnectProvider", arn,
                      [](Records& records, const std::string& name) { return records.erase(name); });
}

base::Result<std::vector<OidcProvider>> list_oidc_providers(Call& call) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_CHECK_OK(call.authorize({.action = "iam:ListOpenIDConnectProviders"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return Records(*tx, account).list();
}

base::Status add_client_id(Call& call, const std::string& arn, const std::string& client_id) {
  call.about("clientID", client_id);
  return change_named(
      call, "iam:AddClientIDToOpenIDConnectProvider", arn,
      [&](Records& records, const std::string& name) { return records.add_client_id(name, client_id); });
}

base::Status remove_client_id(Call& call, const std::string& arn, const std::string& client_id) {
  call.about("clientID", client_id);
  return change_named(
      call, "iam:RemoveClientIDFromOpenIDConnectProvider", arn,
      [&](Records& records, const std::string& name) { return records.remove_client_id(name, client_id); });
}

base::Status update_thumbprints(Call& call, const std::string& arn, const std::vector<std::string>& thumbprints) {
  call.about("thumbprintList", base::to_json(thumbprints));
  return change_named(
      call, "iam:UpdateOpenIDConnectProviderThumbprint", arn,
      [&](Records& records, const std::string& name) { return records.set_thumbprints(name, thumbprints); });
}

base::Status tag_oidc_provider(Call& call, const std::string& arn, const identity::Tags& tags) {
  return tag_provider<OidcProvider>(call, "iam:TagOpenIDConnectProvider", arn, tags);
}

base::Status untag_oidc_provider(Call& call, const std::string& arn, const std::vector<std::string>& keys) {
  return untag_provider<OidcProvider>(call, "iam:UntagOpenIDConnectProvider", arn, keys);
}

base::Result<identity::Page<identity::Tag>> list_oidc_provider_tags(Call& call, const std::string& arn,
                                                                    const identity::PageRequest& page) {
  return list_provider_tags<OidcProvider>(call, "iam:ListOpenIDConnectProviderTags", arn, page);
}

}  // namespace weir::app
