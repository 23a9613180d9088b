// Grants as lists show them: one row for each principal, kind of resource and set of privileges.
//
// SELECT on a table is a row of its own, on all of its columns; the values of one LF-Tag with the same privileges are
// one row (lakeformation.md 2.2, 2.15).
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/call.h"
#include "permissions/grant.h"

namespace weir::app {

struct GrantRow {
  permissions::Grant grant;
  std::vector<std::string> tag_values = {};  // of an LF-Tag; grant.resource has the first of them
};

// What ListPermissions can be limited to.
enum class GrantType {
  catalog,
  database,
  table,
  data_location,
  lf_tag,
  lf_tag_policy,
  lf_tag_policy_database,
  lf_tag_policy_table,
  lf_named_tag_expression,
};
bool is_of(GrantType type, const permissions::Resource& resource);

// Grants beside each other may become rows together.
bool joins(const permissions::Grant& before, const permissions::Grant& after);
std::vector<GrantRow> rows_of(std::vector<permissions::Grant> run);

// The order rows are paged in; different rows have different texts.
std::string order_of(const GrantRow& row);

// What one caller sees of grants. Of its own account's catalog, and of what its account passed on inside itself:
// administrators everything; anyone else its own grants, and of others' grants the privileges that it holds there itself
// or may grant. What is granted on parts of a table names columns and filters, so that only who may grant them sees
// them.
//
// Of what other accounts granted, by shares that are in force: what its account has, as above; and what it was granted
// itself, which nobody else of its account sees (2.15).
class GrantSight {
 public:
  explicit GrantSight(const Call& call);
  std::optional<permissions::Grant> shown(permissions::Grant grant);

 private:
  // The caller before the catalog of one account.
  const permissions::Caller& caller(const std::string& owner);
  bool is_shared_with_account(const permissions::Grant& grant);
  std::optional<permissions::Grant> in_part(permissions::Grant grant);
  bool sees(const permissions::Resource& resource, permissions::Privilege privilege);

  const Call& call_;
  bool everything_;
  std::map<std::string, permissions::Caller> callers_;
};

}  // namespace weir::app
