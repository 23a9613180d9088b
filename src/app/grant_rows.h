// Grants as lists show them: one row for each principal, kind of resource and set of privileges.
//
// SELECT on a table is a row of its own, on all of its columns; the values of one LF-Tag with the same privileges are
// one row (lakeformation.md 2.2, 2.15).
#pragma once
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

// What one caller sees of the grants of a catalog: administrators everything; anyone else its own grants, and of others'
// grants the privileges that it holds there itself or may grant. What is granted on parts of a table names columns and
// filters, so that only who may grant them sees them.
class GrantSight {
 public:
  GrantSight(const Call& call, std::string catalog);
  std::optional<permissions::Grant> shown(permissions::Grant grant) const;

 private:
  bool sees(const permissions::Resource& resource, permissions::Privilege privilege) const;

  const Call& call_;
  std::string catalog_;
  permissions::Caller caller_;
  bool everything_;
};

}  // namespace weir::app
