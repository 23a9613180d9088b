// The parts of decide(): each gathers one kind of reason into the Decision.
#pragma once
#include <vector>

#include "permissions/decide.h"
#include "permissions/view.h"

namespace weir::permissions {

// A principal of the caller that holds anything at all, as the snapshot knows it.
struct KnownPrincipal {
  PrincipalId id;
  const std::string* text;
};
std::vector<KnownPrincipal> known_principals(const Caller& caller, const Snapshot& snapshot);
// The group everybody is in; its id is `none` while nothing is granted to it.
KnownPrincipal everybody(const Snapshot& snapshot);

// True when IAM_ALLOWED_PRINCIPALS holds ALL: the resource is out of Lake Formation's hands.
bool iam_alone_decides(const Resource& resource, const Snapshot& snapshot);

bool is_admin(const Caller& caller, const DataLakeSettings& settings);
bool is_read_only_admin(const Caller& caller, const DataLakeSettings& settings);

// Implicit rights of administrators.
void gather_administration(const Question& question, const Snapshot& snapshot, Decision& decision);

// Grants on the resource itself and on what covers it; for a table also the sources of its view.
void gather_grants(const Question& question, const Snapshot& snapshot, Decision& decision,
                   std::vector<ViewSource>& sources);

// What would have allowed it.
std::string what_is_missing(const Question& question, const Decision& decision);

}  // namespace weir::permissions
