// OpenID Connect providers: made, shown, changed, listed, removed.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/oidc_provider_records.h"

namespace weir::app {

struct NewIssuer {
  std::string url;  // https://host/path
  std::vector<std::string> client_ids;
  std::vector<std::string> thumbprints;
  identity::Tags tags;
};

base::Result<identity::OidcProvider> create_oidc_provider(Call& call, const NewIssuer& wanted);
base::Result<identity::OidcProvider> get_oidc_provider(Call& call, const std::string& arn);
base::Status delete_oidc_provider(Call& call, const std::string& arn);
base::Result<std::vector<identity::OidcProvider>> list_oidc_providers(Call& call);
base::Status add_client_id(Call& call, const std::string& arn, const std::string& client_id);
base::Status remove_client_id(Call& call, const std::string& arn, const std::string& client_id);
base::Status update_thumbprints(Call& call, const std::string& arn, const std::vector<std::string>& thumbprints);

base::Status tag_oidc_provider(Call& call, const std::string& arn, const identity::Tags& tags);
base::Status untag_oidc_provider(Call& call, const std::string& arn, const std::vector<std::string>& keys);
base::Result<identity::Page<identity::Tag>> list_oidc_provider_tags(Call& call, const std::string& arn,
                                                                    const identity::PageRequest& page);

}  // namespace weir::app
