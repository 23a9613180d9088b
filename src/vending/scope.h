// What a vended session may touch in the object store: one prefix, read or write, and for how long.
//
// The text made here is the session policy with which a registered location's role is assumed; the
// session's rights are that role's policy intersected with it.
//
// Invariants:
//  1. A policy names exactly one bucket and one prefix, and never matches a sibling: s3://b/a is not s3://b/ab.
//  2. Whatever stands in a path, it stands for itself: wildcards and policy variables are taken literally.
//  3. A scope that neither reads nor writes has a policy that allows nothing, and cannot be made by scope_for().
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "names/arn.h"

namespace weir::vending {

struct Scope {
  names::S3Path place;  // of the table, of the partition, or a path inside the table; no trailing '/'
  bool read = false;
  bool write = false;
  std::string table_arn;  // what the credentials are for, for the audit event
  std::string partition;  // its values, joined, when they are for one partition
};

// The data privileges the request authorises with, by their API names.
struct Wanted {
  bool select = false;
  bool insert = false;
  bool delete_ = false;
  bool all = false;
};

// SELECT reads; INSERT and DELETE write only; ALL does both. `inside` narrows a table's location to one
// path in it and must lie there. A partition whose location is outside its table has its own location
// as `location`.
base::Result<Scope> scope_for(const names::S3Path& location, const std::optional<names::S3Path>& inside,
                              const Wanted& wanted, std::string table_arn);

// The session policy, as JSON text.
std::string session_policy(const Scope& scope);

enum class VendingCall { table, partition, data_location, saml };

// How long the credentials live. `asked` in seconds; absent means an hour. Refused outside 900..43200,
// capped at what the call (six hours for tables and partitions) and the role allow.
base::Result<base::Seconds> duration_of(VendingCall call, std::optional<int64_t> asked, base::Seconds role_max);

}  // namespace weir::vending
