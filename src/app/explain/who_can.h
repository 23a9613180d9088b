// Who may do something with a thing, and through what: the reverse of explain(), with the functions that enforce.
//
// Asked are every principal that holds anything, every administrator, and, where a grant is made to everybody
// (IAM_ALLOWED_PRINCIPALS, ACCOUNT:IAMPrincipals), the users and roles IAM lets through. Principals are listed
// when Lake Formation allows; what IAM says of them stands beside it. Other accounts, what is above them and their people
// are listed as far as the owner itself granted to them.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"

namespace weir::app {

inline constexpr size_t kGroupMembersMax = 1000;

struct WhoCanRequest {
  std::string resource;  // as explain() takes it
  std::string action;    // a Lake Formation privilege
  std::string catalog;
  std::string token;
  size_t limit = 100;
};

enum class IamAnswer { allowed, denied, unknown };

struct Able {
  std::string principal;
  std::string condition;             // it is able only in sessions whose tags satisfy this; empty: in all
  std::vector<std::string> through;  // one sentence per reason that counts
  std::vector<std::string> columns;  // tables: whose data is shown
  bool all_columns = false;
  std::string rows;  // tables: all, or a predicate; of some columns it may be narrower
  std::vector<std::string> masked_columns;
  IamAnswer iam = IamAnswer::unknown;
  std::string iam_says;
  // Groups of everybody: whom IAM lets through.
  bool is_group = false;
  std::vector<std::string> members;
  bool members_complete = true;
};

struct WhoCan {
  std::string resource;
  std::vector<Able> able;  // by principal
  std::string next;        // empty: the end
};

// Who is no data lake administrator is told of itself only.
base::Result<WhoCan> who_can(Call& call, const WhoCanRequest& request);

}  // namespace weir::app
