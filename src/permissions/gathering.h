// The parts of decide(): each gathers one kind of reason into the Decision.
#pragma once
#include <vector>

#include "permissions/decide.h"
#include "permissions/view.h"

namespace weir::permissions {

class AccountSight;

// A principal of the caller that holds anything at all, as the snapshot knows it.
struct KnownPrincipal {
  PrincipalId id;
  const std::string* text;
  const PrincipalOnTerms* under = nullptr;  // when it is one on terms
};
using KnownPrincipals = std::vector<KnownPrincipal>;

// Under conditions: as far as they hold for the caller's tags.
KnownPrincipals known_principals(const Caller& caller, const Snapshot& snapshot);
// What the caller would be if more conditions held.
KnownPrincipals principals_unmet(const Caller& caller, const Snapshot& snapshot);

// Of a caller of another account. What it holds itself by shares in force, what stands for its account holds by them,
// and what it holds inside its account.
KnownPrincipals shared_with_caller(const Caller& caller, const Snapshot& snapshot);
KnownPrincipals shared_with_account(const Caller& caller, const Snapshot& snapshot);
KnownPrincipals inside_account(const Caller& caller, const Snapshot& snapshot);
// What more it would be: by shares that are not in force for it, and if more conditions held.
KnownPrincipals shares_not_in_force(const Caller& caller, const Snapshot& snapshot);
KnownPrincipals inside_account_unmet(const Caller& caller, const Snapshot& snapshot);
// The group everybody is in; its id is `none` while nothing is granted to it.
KnownPrincipal everybody(const Snapshot& snapshot);

bool is_admin(const Caller& caller, const DataLakeSettings& settings);
bool is_read_only_admin(const Caller& caller, const DataLakeSettings& settings);

// Who decides on a resource for a caller: lakeformation.md 2.7 and 2.8.
enum class Regime {
  lake_formation,
  opted_in,            // Lake Formation, though IAM_ALLOWED_PRINCIPALS holds ALL
  iam_alone,           // IAM_ALLOWED_PRINCIPALS holds ALL
  iam_alone_own_data,  // the same, and the data is read with the caller's own S3 rights
};
Regime regime_of(const Resource& resource, const std::optional<names::S3Path>& place, const KnownPrincipals& principals,
                 const Snapshot& snapshot);

// The one of these principals that registered what governs the place with privileged access, if any.
const std::string* privileged_at(const std::optional<names::S3Path>& place, const std::vector<std::string>& principals,
                                 const Snapshot& snapshot);

// Implicit rights of administrators and of who registered the location with privileged access.
void gather_administration(const Question& question, const Snapshot& snapshot, Decision& decision);
void gather_privileged(const Question& question, const Snapshot& snapshot, Decision& decision,
                       std::vector<ViewSource>& sources);

// Grants to these on the resource itself and on what covers it, policies over its LF-Tags among them; for a table also
// the sources of its view. `sight`: of the account inside which they hold it; null: nothing bounds by what rows are
// chosen.
void gather_grants(const Question& question, const Snapshot& snapshot, KnownPrincipals principals, Decision& decision,
                   std::vector<ViewSource>& sources, const AccountSight* sight = nullptr);
// What these hold, as reasons set aside because of `why`.
void gather_aside(const Question& question, const Snapshot& snapshot, KnownPrincipals principals, std::string_view why,
                  Decision& decision);

// decide() for a caller of another account.
Decision decide_between_accounts(const Question& question, const Snapshot& snapshot, Decision decision);

// SELECT is worth something only when it shows something.
bool holds_what_was_asked(const Question& question, const Decision& decision);
// What would have allowed it.
std::string what_is_missing(const Question& question, const Decision& decision);
// Why nothing could: the privilege does not exist there. Empty when it does.
std::string what_cannot_be(const Question& question);

}  // namespace weir::permissions
