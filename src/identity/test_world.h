// A small deployment for tests and benchmarks: a store, a directory that follows it, a key ring, a clock
// that stands still, and short words for making people and roles.
#pragma once
#include <stdexcept>
#include <string>

#include "identity/access_key_records.h"
#include "identity/account_records.h"
#include "identity/assume_role.h"
#include "identity/authenticate.h"
#include "identity/group_records.h"
#include "identity/live_directory.h"
#include "identity/policy_records.h"
#include "identity/role_records.h"
#include "identity/saml_provider_records.h"
#include "identity/session_token.h"
#include "identity/user_records.h"
#include "store/memory_store.h"

namespace weir::identity::test {

inline const std::string kEngineAccount = "111122223333", kLakeAccount = "222233334444";

inline names::AccountId account(const std::string& text) { return names::AccountId::parse(text).value(); }

// The value, or a test failure that says why not.
template <class T>
T must(base::Result<T> result) {
  if (!result.ok()) throw std::runtime_error(result.error().says + " " + result.error().log);
  return std::move(result).value();
}
inline void must(base::Status status) {
  if (!status.ok()) throw std::runtime_error(status.error().says + " " + status.error().log);
}

inline std::string statement(std::string_view effect, std::string_view action, std::string_view resource = "*") {
  return R"({"Effect":")" + std::string(effect) + R"(","Action":")" + std::string(action) + R"(","Resource":")" +
         std::string(resource) + R"("})";
}
inline std::string policy(const std::string& statements) {
  return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}
inline std::string allow(std::string_view action, std::string_view resource = "*") {
  return policy(statement("Allow", action, resource));
}
// `principal` as JSON; `condition` as JSON or nothing.
inline std::string trust_statement(const std::string& principal, const std::string& action,
                                   const std::string& condition = {}) {
  return R"({"Effect":"Allow","Principal":)" + principal + R"(,"Action":")" + action + "\"" +
         (condition.empty() ? "" : R"(,"Condition":)" + condition) + "}";
}
inline std::string trusting(const std::string& arn) {
  std::string who = R"({"AWS":")" + arn + R"("})";
  return policy(trust_statement(who, "sts:AssumeRole") + "," + trust_statement(who, "sts:TagSession") + "," +
                trust_statement(who, "sts:SetSourceIdentity"));
}

class World {
 public:
  World() {
    for (auto& id : {kEngineAccount, kLakeAccount}) {
      write([&](store::Transaction& tx) {
        Account made;
        made.id = account(id);
        made.created = now;
        return AccountRecords(tx).create(made);
      });
    }
  }

  void write(const std::function<base::Status(store::Transaction&)>& body) { must(store::write(store, body)); }
  base::Status try_write(const std::function<base::Status(store::Transaction&)>& body) {
    return store::write(store, body);
  }
  std::shared_ptr<const Directory> directory() const { return live->snapshot(); }

  User user(const std::string& in, const std::string& name, const std::string& inline_policy = {}) {
    User made;
    write([&](store::Transaction& tx) -> base::Status {
      UserRecords users(tx, account(in));
      WEIR_TRY(made, users.create({name, "/", {}, {}}, now, randomness));
      if (inline_policy.empty()) return {};
      return users.put_policy(name, "own", inline_policy);
    });
    return made;
  }

  Role role(const std::string& in, const std::string& name, const std::string& trust,
            const std::string& inline_policy = {}, Tags tags = {}, int max_session_s = 3600) {
    Role made;
    write([&](store::Transaction& tx) -> base::Status {
      RoleRecords roles(tx, account(in));
      NewRole wanted;
      wanted.name = name;
      wanted.trust = trust;
      wanted.tags = std::move(tags);
      wanted.max_session_s = max_session_s;
      WEIR_TRY(made, roles.create(wanted, now, randomness));
      if (inline_policy.empty()) return {};
      return roles.put_policy(name, "own", inline_policy);
    });
    return made;
  }

  SamlProvider saml_provider(const std::string& in, const std::string& name) {
    SamlProvider made;
    write([&](store::Transaction& tx) -> base::Status {
      NewSamlProvider wanted;
      wanted.name = name;
      WEIR_TRY(made, SamlProviderRecords(tx, account(in)).create(wanted, now, randomness));
      return {};
    });
    return made;
  }
  void erase_saml_provider(const std::string& in, const std::string& name) {
    write([&](store::Transaction& tx) { return SamlProviderRecords(tx, account(in)).erase(name); });
  }

  MadeKey key_for(const std::string& in, const std::string& owner_id) {
    MadeKey made;
    write([&](store::Transaction& tx) -> base::Status {
      WEIR_TRY(made, AccessKeyRecords(tx, account(in)).create(owner_id, ring, now, randomness));
      return {};
    });
    return made;
  }

  base::Result<Authenticated> authenticate(std::string_view id, std::optional<std::string_view> token = {}) {
    return identity::authenticate({id, token}, *directory(), ring, cache, now);
  }
  base::Result<Authenticated> authenticate(const Credentials& credentials) {
    return authenticate(credentials.access_key_id, credentials.token);
  }
  PrincipalPtr principal(const Credentials& credentials) { return must(authenticate(credentials)).principal; }
  PrincipalPtr principal(const User& user) { return (*directory()->find_user(user.id))->principal; }

  base::Result<AssumedRole> assume(const Principal& caller, const AssumeRoleRequest& request) {
    return assume_role(caller, request, *directory(), ring, policy::Context(), now, randomness);
  }
  // A session of a role in the same account that trusts everybody, to start from.
  PrincipalPtr session_of(const Role& role, const std::string& name = "start", Tags tags = {},
                          std::vector<std::string> transitive = {}) {
    auto starter = user(role.account.text(), "starter-" + std::to_string(++starters_), allow("sts:*"));
    AssumeRoleRequest request{role.arn(), name};
    request.tags = std::move(tags);
    request.transitive_keys = std::move(transitive);
    return principal(must(assume(*principal(starter), request)).credentials);
  }

  policy::Decision ask(const Principal& caller, std::string_view action, std::string_view resource) {
    policy::Context context;
    describe_caller(caller, context);
    auto own = directory()->policies_of(caller);
    auto session = directory()->session_policies_of(caller);
    policy::Request request{caller.caller, context, action, resource, caller.account()};
    if (!own) return {};
    request.identity = own->policies;
    request.boundary = own->boundary ? &*own->boundary : nullptr;
    if (session) request.session = session->policies;
    return policy::evaluate(request);
  }

  base::Instant now{std::chrono::seconds(1'800'000'000)};
  base::SeededRandomness randomness{7};
  KeyRing ring = KeyRing::fresh(now, randomness);
  store::MemoryStore store;
  std::unique_ptr<LiveDirectory> live = must(LiveDirectory::open(store));
  TokenCache cache;

 private:
  int starters_ = 0;
};

}  // namespace weir::identity::test
