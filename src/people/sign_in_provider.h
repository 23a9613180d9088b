// A company's identity provider as a door of an account's console: what its button says, which provider of IAM it is,
// and what people become.
//
// INVARIANT: the secret of a client is kept sealed, and only for the provider and client that it was given for.
//
// Threads: values; records as the transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "store/store.h"

namespace weir::people {

inline constexpr size_t kSignInProvidersMax = 20;  // of an account: each is a button

enum class ProviderKind { oidc, saml };
std::string_view to_string(ProviderKind kind);  // "OIDC", "SAML"
base::Result<ProviderKind> parse_provider_kind(std::string_view text);
base::Json to_json(const ProviderKind& kind);
base::Status from_json(const base::Json& json, ProviderKind& kind);

struct SignInProvider {
  std::string account;
  std::string name;
  ProviderKind kind = ProviderKind::oidc;
  std::string provider;  // ARN, of IAM
  std::string role;      // ARN; SAML: may be empty, then the assertion says
  // OIDC
  std::string client;
  std::string sealed_secret;  // empty: a public client
  std::vector<std::string> scopes;
  // SAML: the session is Lake Formation's user and groups of the assertion.
  bool decorated = false;
};
WEIR_RECORD(SignInProvider, FIELD("Account", &SignInProvider::account), FIELD("Name", &SignInProvider::name),
            FIELD("Kind", &SignInProvider::kind), FIELD("Provider", &SignInProvider::provider),
            FIELD("Role", &SignInProvider::role), FIELD("Client", &SignInProvider::client),
            FIELD("Secret", &SignInProvider::sealed_secret), FIELD("Scopes", &SignInProvider::scopes),
            FIELD("Decorated", &SignInProvider::decorated))

class SignInProviderRecords {
 public:
  explicit SignInProviderRecords(store::Transaction& tx) : tx_(tx) {}

  base::Result<std::optional<SignInProvider>> find(std::string_view account, std::string_view name);
  base::Result<std::vector<SignInProvider>> list(std::string_view account);  // by name
  base::Status put(const SignInProvider& provider);
  base::Status erase(const SignInProvider& provider);

 private:
  store::Transaction& tx_;
};

std::string every_sign_in_provider();  // the prefix of all accounts' records

// One answer for whatever account and name.
base::Error no_such_sign_in_provider();

}  // namespace weir::people
