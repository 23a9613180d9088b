// An identity pool: whose tokens it takes, and of which role they become credentials.
//
// Threads: values and pure functions.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/record.h"
#include "base/result.h"

namespace weir::people {

inline constexpr size_t kIdentityPoolsMax = 1000;
inline constexpr size_t kRulesMax = 25;

// A user pool and one of its clients.
struct TokenSource {
  std::string provider;  // as it was named: HOST/POOL
  std::string client;
  bool server_side_check = false;
  std::string pool() const;  // what stands behind the last /
};
WEIR_RECORD(TokenSource, FIELD("Provider", &TokenSource::provider), FIELD("Client", &TokenSource::client),
            FIELD("ServerSideCheck", &TokenSource::server_side_check))

enum class Match { equals, contains, starts_with, not_equal };
std::string_view to_string(Match match);  // "Equals"
std::optional<Match> parse_match(std::string_view text);
base::Json to_json(Match match);
base::Status from_json(const base::Json& json, Match& match);

struct RoleRule {
  std::string claim;
  Match match = Match::equals;
  std::string value;
  std::string role;
};
WEIR_RECORD(RoleRule, FIELD("Claim", &RoleRule::claim), FIELD("Match", &RoleRule::match),
            FIELD("Value", &RoleRule::value), FIELD("Role", &RoleRule::role))

// How the tokens of one provider choose a role. Without rules: by the groups that the token names.
struct RoleMapping {
  bool by_rules = false;
  bool otherwise_default = false;  // AmbiguousRoleResolution AuthenticatedRole; else nobody gets one
  std::vector<RoleRule> rules;
};
WEIR_RECORD(RoleMapping, FIELD("ByRules", &RoleMapping::by_rules),
            FIELD("OtherwiseDefault", &RoleMapping::otherwise_default), FIELD("Rules", &RoleMapping::rules))

struct IdentityPool {
  std::string id;  // REGION:UUID
  std::string account;
  std::string name;
  base::Instant created{};
  std::vector<TokenSource> sources;
  std::string authenticated_role;
  std::map<std::string, RoleMapping> mappings;  // by HOST/POOL:CLIENT
  std::map<std::string, std::string> tags;

  std::string arn(std::string_view region) const;
  const TokenSource* find(std::string_view user_pool, std::string_view client) const;
  const RoleMapping* mapping_of(const TokenSource& source) const;
};
WEIR_RECORD(IdentityPool, FIELD("Id", &IdentityPool::id), FIELD("Account", &IdentityPool::account),
            FIELD("Name", &IdentityPool::name), FIELD("Created", &IdentityPool::created),
            FIELD("Sources", &IdentityPool::sources), FIELD("AuthenticatedRole", &IdentityPool::authenticated_role),
            FIELD("Mappings", &IdentityPool::mappings), FIELD("Tags", &IdentityPool::tags))

// Who came by which provider, in one identity pool: the same id each time.
struct Identity {
  std::string id;  // REGION:UUID
  std::string identity_pool;
  std::string user_pool;
  std::string sub;
  std::string username;  // as the pool keeps it; empty until the person came again, in older records
};
WEIR_RECORD(Identity, FIELD("Id", &Identity::id), FIELD("IdentityPool", &Identity::identity_pool),
            FIELD("UserPool", &Identity::user_pool), FIELD("Sub", &Identity::sub),
            FIELD("Username", &Identity::username))

// The role that these claims (of a token that was verified) may take: the one asked for when the token names it,
// else what the mapping says. Nothing: none.
std::optional<std::string> choose_role(const IdentityPool& pool, const TokenSource& source, const base::Json& claims,
                                       const std::optional<std::string>& wanted);

}  // namespace weir::people
