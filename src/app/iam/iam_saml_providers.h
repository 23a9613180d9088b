// SAML providers: made, shown, changed, listed, removed.
//
// INVARIANT: a private key comes in and never goes out; neither it nor the metadata is in an audit event.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/saml_provider_records.h"

namespace weir::app {

struct NewProvider {
  std::string name;
  std::string metadata;
  std::string encryption;
  std::optional<base::Secret> private_key;  // PEM
  identity::Tags tags;
};
struct ProviderChange {
  std::optional<std::string> metadata;
  std::optional<std::string> encryption;
  std::optional<base::Secret> add_key;
  std::optional<std::string> remove_key;
};

base::Result<identity::SamlProvider> create_saml_provider(Call& call, const NewProvider& wanted);
base::Result<identity::SamlProvider> get_saml_provider(Call& call, const std::string& arn);
base::Result<identity::SamlProvider> update_saml_provider(Call& call, const std::string& arn,
                                                          const ProviderChange& wanted);
base::Status delete_saml_provider(Call& call, const std::string& arn);
base::Result<std::vector<identity::SamlProvider>> list_saml_providers(Call& call);

base::Status tag_saml_provider(Call& call, const std::string& arn, const identity::Tags& tags);
base::Status untag_saml_provider(Call& call, const std::string& arn, const std::vector<std::string>& keys);
base::Result<identity::Page<identity::Tag>> list_saml_provider_tags(Call& call, const std::string& arn,
                                                                    const identity::PageRequest& page);

}  // namespace weir::app
