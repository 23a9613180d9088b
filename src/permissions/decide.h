// decide(): what one caller may do with one resource, and why. The only place where Lake Formation's
// answer is made; every door renders the Decision it returns, and explain() prints the same one.
//
// Pure: facts come in as arguments, there is no clock and no store. The IAM gate is not here; both
// must allow (lakeformation.md 2.1).
//
// A caller of another account has what the owner granted to the caller itself, and of what it granted to the caller's
// account that which is also granted inside that account (2.9 step 7): privileges, columns, rows. The owner's hybrid
// access, administrators and privileged locations are not for it.
//
// Invariants:
//  1. A default-made Decision denies and its view shows nothing.
//  2. Grants only add. Nothing that cannot be read, bound or found ever adds.
//  3. A policy over LF-Tags gives privileges on a table as granted only where the table and every column of it
//     match; where some columns do, it gives SELECT and DESCRIBE of these at most.
//  4. Administration alone never shows data: an administrator's view is empty until SELECT is granted.
//  5. A caller of another account never has more than the owner granted to it, its account or what is above that.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "permissions/condition.h"
#include "permissions/resource.h"
#include "permissions/snapshot.h"
#include "permissions/table_facts.h"
#include "permissions/table_view.h"

namespace weir::permissions {

enum class Effect { deny, allow };

// What another account's resources owe to a caller: facts of its account, its organization and the shares between the
// two. Made for one owner; default-made, nothing is shared.
struct Received {
  std::vector<std::string> as;  // stand for the caller's account: its id, its organization's and their units' ARNs
  // ARNs of the owner's shares in force for the account or what is above it; and for the caller's own principals. One
  // share may be in force for the one and still wait for the other's answer.
  std::vector<std::string> shares, own_shares;
  bool administrator = false;  // of its own account's data lake
  bool read_only_administrator = false;
  bool any() const { return !shares.empty() || !own_shares.empty(); }
};

struct Caller {
  std::string account;
  // Everything the caller counts as, the role or user ARN first, then groups and ACCOUNT:IAMPrincipals.
  std::vector<std::string> principals;
  PrincipalTags tags = {};  // what conditions are asked about
  Received received = {};   // looked at when the resource is another account's
};

struct Question {
  Caller caller;
  Privilege asked = Privilege::describe;
  Resource resource;                        // any kind but columns, data_cells_filter, lf_tag_policy, nested_catalog
  const TableFacts* table = nullptr;        // the table's schema; without it no part of the data can be shown
  std::optional<names::S3Path> place = {};  // of a database; a table's facts have their own

  const std::optional<names::S3Path>& where() const { return table ? table->place : place; }
};

// What a reason rests on.
enum class Ground : uint8_t {
  grant,    // held on the object, on all tables of the database, or on a parent location
  columns,  // a column selection
  filter,   // a data cells filter
  administrator,
  read_only_administrator,
  iam_alone,  // IAM_ALLOWED_PRINCIPALS holds ALL: Lake Formation does not restrict
  content,    // something inside the database is granted
  set_aside,  // held, and not counted: `detail` says why
  other_account,
  tag_policy,           // a policy over LF-Tags that matches the object as a whole
  tag_columns,          // a policy over LF-Tags that matches some columns only
  privileged_location,  // the caller registered the location with privileged access
  opted_in,             // IAM_ALLOWED_PRINCIPALS holds ALL, the location is hybrid, and the caller opted in
};

// Whose grant a reason rests on, when the caller is of another account.
enum class Side : uint8_t {
  own_account,          // it is not
  shared_with_caller,   // the owner's, to the caller itself: counts alone
  shared_with_account,  // the owner's, to the caller's account or what is above it: counts as far as the next does
  inside_account,       // made inside the caller's account
};

struct Because {
  Ground ground = Ground::set_aside;
  ResourceKind on = ResourceKind::table;
  PrivilegeSet privileges;
  std::string principal;  // with its terms: "P when CONDITION", "P via SHARE", "P in account C"
  std::string detail;     // columns, filter name, location URL, LF-Tags, or why it was set aside
  std::string saw = {};   // the principal's tags that its condition asks about
  Side side = Side::own_account;
  std::string share = {};  // ARN of the resource share, where one is
};

struct Decision {
  Effect effect = Effect::deny;
  Privilege asked = Privilege::describe;
  Resource resource;
  PrivilegeSet held;         // as granted, ALL not spelled out; SELECT also when held on a part
  TableView view;            // what SELECT shows of a table; empty for anything else
  bool full_schema = false;  // metadata may show every column; else only the view's and the described ones
  ColumnSet described = {};  // metadata may show these; DESCRIBE by a policy that matches some columns only
  // IAM alone decides, and the location is hybrid: the caller reads with its own S3 rights. Nothing is vended, and
  // to this caller the location is not registered.
  bool own_data_access = false;
  std::vector<Because> because;
  std::string missing;  // on deny: what would allow it

  bool allowed() const { return effect == Effect::allow; }
};

Decision decide(const Question& question, const Snapshot& snapshot);

// One reason as a sentence.
std::string says(const Because& because, const Resource& resource);

}  // namespace weir::permissions
