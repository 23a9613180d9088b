// Makes the console of an account, and lets its first administrator in: a recipe of public operations, carried out by
// name. `weir console` carries them out over HTTP with a profile's credentials, the first start of a server in the
// server with those of the account's administrator.
//
// What is made: a user pool and its client, an identity pool, the roles WeirConsoleAdministrator and WeirConsoleUser,
// the group "administrators", and last the record that says so: what was left half done has no record, and is done
// again.
//
// Invariants:
//  1. Roles of those names that were not made for a console are not touched: Kind::already_exists.
//  2. The one-time password is made here, told once and kept nowhere.
//
// Threads: as what carries the operations out.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "base/secret.h"

namespace weir::cli {

// Error::about is the service's own error code.
using OperationByName =
    std::function<base::Result<base::Json>(std::string_view service, std::string_view operation, const base::Json&)>;

struct ConsoleParts {
  std::string user_pool;
  std::string client;
  std::string identity_pool;
};

class ConsoleSetup {
 public:
  ConsoleSetup(OperationByName perform, std::string region, std::string account)
      : perform_(std::move(perform)), region_(std::move(region)), account_(std::move(account)) {}

  // Kind::already_exists when the account has one.
  base::Result<ConsoleParts> make() const;
  // Kind::not_found when the account has none.
  base::Result<ConsoleParts> existing() const;

  // The policy of WeirConsoleUser as this version has it, after an earlier one made the console. True when it was another.
  // Kind::not_found when the account has no console.
  base::Result<bool> upgrade() const;

  // Makes the person, or makes it anew: password, device and sign-ins go, attributes stay. In "administrators", with a
  // password that has to be changed.
  base::Result<base::Secret> let_administrator_in(const ConsoleParts& console, const std::string& username,
                                                  base::Randomness& randomness) const;

 private:
  using Json = base::Json;
  base::Result<Json> perform(std::string_view service, std::string_view operation, const Json& request) const {
    return perform_(service, operation, request);
  }
  base::Status forgo(std::string_view service, std::string_view operation, const Json& request,
                     std::string_view unless) const;
  base::Result<ConsoleParts> make_pools() const;
  base::Status make_roles(const ConsoleParts& console) const;
  base::Status put_role(const std::string& name, const std::string& says, const Json& trust) const;
  base::Status put_user_policy() const;
  base::Status check_is_ours(const std::string& role) const;
  base::Status map_roles(const ConsoleParts& console) const;
  base::Status make_data_lake_administrator() const;
  base::Result<Json> attributes_of(const Json& who) const;
  std::string provider(const ConsoleParts& console) const;
  std::string role_arn(std::string_view name) const;

  OperationByName perform_;
  std::string region_;
  std::string account_;
};

}  // namespace weir::cli
