#include "app/iam/iam_saml_providers.h"

#include "app/iam/iam_providers.h"
#include "app/iam/namesakes.h"
#include "identity/saml/metadata.h"

namespace weir::app {

using identity::SamlProvider;

namespace {

base::Result<identity::SamlProviderChange::Metadata> read_metadata(const std::string& text) {
  WEIR_TRY(auto metadata, identity::saml::parse_metadata(text));
  return identity::SamlProviderChange::Metadata{text, metadata.valid_until};
}

base::Status check_key(const std::optional<base::Secret>& pem) {
  if (!pem) return {};
  auto key = identity::saml::DecryptionKey::from_pem(*pem);
  return key.ok() ? base::Status() : base::Status(std::move(key).error());
}

}  // namespace

base::Result<SamlProvider> create_saml_provider(Call& call, const NewProvider& wanted) {
  WEIR_TRY(auto account, own_account(call));
  call.about("name", wanted.name);
  WEIR_CHECK_OK(authorize_new(call, {"iam:CreateSAMLProvider", "iam:TagSAMLProvider",
                                     names::saml_provider_arn(account, wanted.name), wanted.tags}));
  WEIR_TRY(auto metadata, read_metadata(wanted.metadata));
  WEIR_CHECK_OK(check_key(wanted.private_key));
  identity::NewSamlProvider fresh{wanted.name, std::move(metadata.text), metadata.valid_until, "", wanted.tags};
  SamlProvider made;
  auto& lake = call.lake();
  WEIR_CHECK_OK(store::write(lake.store, [&](store::Transaction& tx) -> base::Status {
    identity::SamlProviderRecords records(tx, account);
    WEIR_TRY(made, records.create(fresh, call.now(), lake.randomness));
    identity::SamlProviderChange keys{
        .metadata = {}, .encryption = {}, .add_key = wanted.private_key, .remove_key = {}};
    if (!wanted.encryption.empty()) keys.encryption = wanted.encryption;
    WEIR_TRY(made, records.update(made.name, keys, lake.keys, call.now(), lake.randomness));
    return end_what_lake_formation_gave_through(tx, account, made.arn());
  }));
  return made;
}

base::Result<SamlProvider> get_saml_provider(Call& call, const std::string& arn) {
  return authorize_provider<SamlProvider>(call, {"iam:GetSAMLProvider"}, arn);
}

base::Result<SamlProvider> update_saml_provider(Call& call, const std::string& arn, const ProviderChange& wanted) {
  WEIR_TRY(auto provider, authorize_provider<SamlProvider>(call, {"iam:UpdateSAMLProvider"}, arn));
  identity::SamlProviderChange change{
      .metadata = {}, .encryption = wanted.encryption, .add_key = wanted.add_key, .remove_key = wanted.remove_key};
  if (wanted.metadata) {
    WEIR_TRY(change.metadata, read_metadata(*wanted.metadata));
  }
  WEIR_CHECK_OK(check_key(wanted.add_key));
  SamlProvider changed;
  auto& lake = call.lake();
  WEIR_CHECK_OK(change_provider(call, provider, [&](identity::SamlProviderRecords& records) -> base::Status {
    WEIR_TRY(changed, records.update(provider.name, change, lake.keys, call.now(), lake.randomness));
    return {};
  }));
  return changed;
}

base::Status delete_saml_provider(Call& call, const std::string& arn) {
  WEIR_TRY(auto provider, authorize_provider<SamlProvider>(call, {"iam:DeleteSAMLProvider"}, arn));
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    WEIR_CHECK_OK(check_unchanged(tx, provider));
    WEIR_CHECK_OK(identity::SamlProviderRecords(tx, provider.account).erase(provider.name));
    return end_what_lake_formation_gave_through(tx, provider.account, provider.arn());
  });
}

base::Result<std::vector<SamlProvider>> list_saml_providers(Call& call) {
  WEIR_TRY(auto account, own_account(call));
  WEIR_CHECK_OK(call.authorize({.action = "iam:ListSAMLProviders"}));
  WEIR_TRY(auto tx, call.lake().store.begin(store::Mode::read));
  return identity::SamlProviderRecords(*tx, account).list();
}

base::Status tag_saml_provider(Call& call, const std::string& arn, const identity::Tags& tags) {
  return tag_provider<SamlProvider>(call, "iam:TagSAMLProvider", arn, tags);
}

base::Status untag_saml_provider(Call& call, const std::string& arn, const std::vector<std::string>& keys) {
  return untag_provider<SamlProvider>(call, "iam:UntagSAMLProvider", arn, keys);
}

base::Result<identity::Page<identity::Tag>> list_saml_provider_tags(Call& call, const std::string& arn,
                                                                    const identity::PageRequest& page) {
  return list_provider_tags<SamlProvider>(call, "iam:ListSAMLProviderTags", arn, page);
}

}  // namespace weir::app
