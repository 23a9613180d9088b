// A question about somebody's access, taken apart: on what, by whom, and what IAM says to it. What explain()
// and who_can() have in common.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "app/call.h"
#include "catalog/table.h"
#include "permissions/explain.h"
#include "permissions/table_facts.h"

namespace weir::app {

// What is asked about.
struct Subject {
  permissions::Resource resource;
  std::shared_ptr<const catalog::Table> table;
  permissions::TableFacts facts;       // of the table
  std::optional<names::S3Path> place;  // of a database
  std::string column;                  // empty: not about one
  std::string arn;
  std::string action;  // the IAM action that goes with it
};
// `text` is database[.table[.column]], s3://bucket/prefix, or `*` for the catalog. A table that is not there is
// said to be so only to who sees every name.
base::Result<Subject> subject_of(Call& call, std::string_view text, const std::string& catalog,
                                 permissions::Privilege privilege);

// Data lake administrators may ask about others, read-only ones too.
bool may_ask_about_others(const Call& call, const std::string& catalog);

// The user or role as it would call: its own policies, its tags overlaid by those of a session, no session
// policy. Not found for whoever is not of the caller's account.
base::Result<identity::PrincipalPtr> principal_of(const Call& call, std::string_view arn,
                                                  const identity::Tags& session_tags = {});

// A principal as Lake Formation knows it: with the groups it is in, and the tags conditions are asked about.
permissions::Caller lake_caller_of(const State& state, std::string_view account, const std::string& principal,
                                   const identity::Tags& session_tags = {});
// IAM_ALLOWED_PRINCIPALS, or ACCOUNT:IAMPrincipals.
bool is_group_of_everybody(std::string_view principal);

// `owners`: what the owner's side says to a caller of another account.
permissions::GateText iam_gate(const Call& call, const identity::Principal& principal, const std::string& action,
                               const std::string& arn, const std::string& owner,
                               const policy::NamedPolicy* owners = nullptr);

// What Lake Formation answers; a question about a column narrows the table's answer to it.
permissions::Decision decide_on(const Subject& subject, permissions::Caller caller, permissions::Privilege privilege,
                                const permissions::Snapshot& snapshot);

}  // namespace weir::app
