// What IAM calls are about: users, groups, roles and managed policies, found by name and asked about.
//
// Every IAM use case finds its record, asks whether the caller may do this to it, and then changes it.
//
// Invariants:
//  1. The record that is changed is the one that was asked about: same id, ARN, tags and boundary. When it
//     became another one in between, nothing happens (precondition_failed).
//  2. A name that is not there is asked about as if it were under the path "/". Who may not do this to it
//     is denied; only who may learns that it is not there.
//  3. Names are looked up in the caller's account only. A policy ARN of another account is asked about as
//     that account's, which no policy of the caller can allow.
//
// Threads: as the Call.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"
#include "identity/group_records.h"
#include "identity/policy_records.h"
#include "identity/role_records.h"
#include "identity/user_records.h"

namespace weir::app {

// What is asked: the action, and the condition keys the request adds.
struct Deed {
  std::string action;  // "iam:GetUser"
  policy::Context extra = {};
  // The action's iam:PermissionsBoundary is the boundary that the record has.
  bool has_boundary_key = false;
};

template <class T>
struct IamNoun;
template <>
struct IamNoun<identity::User> {
  using Records = identity::UserRecords;
  static constexpr std::string_view kName = "User", kParameter = "userName";
  static constexpr auto arn = names::user_arn;
};
template <>
struct IamNoun<identity::Group> {
  using Records = identity::GroupRecords;
  static constexpr std::string_view kName = "Group", kParameter = "groupName";
  static constexpr auto arn = names::group_arn;
};
template <>
struct IamNoun<identity::Role> {
  using Records = identity::RoleRecords;
  static constexpr std::string_view kName = "Role", kParameter = "roleName";
  static constexpr auto arn = names::role_arn;
};

// "iam:" + "Put" + "Role" + "Policy"
template <class T>
std::string iam_action(std::string_view verb, std::string_view object = {}) {
  return std::string("iam:").append(verb).append(IamNoun<T>::kName).append(object);
}

base::Result<names::AccountId> own_account(const Call& call);

// aws:RequestTag/K and aws:TagKeys.
void describe_request_tags(const identity::Tags& tags, policy::Context& context);
void describe_request_tag_keys(const std::vector<std::string>& keys, policy::Context& context);
base::Json tags_json(const identity::Tags& tags);

// Every one of them must be allowed; one event is recorded.
base::Status authorize_all(Call& call, const std::vector<Ask>& asks);

// The question about a record that is there.
template <class T>
Ask ask_about(const Deed& deed, const T& record);

// Finds and asks. T: User, Group or Role.
template <class T>
base::Result<T> authorize_named(Call& call, const Deed& deed, const std::string& name);

// Asks about something that is to be made. With tags the caller must be allowed to tag it as well.
struct NewThing {
  std::string action;      // "iam:CreateUser"
  std::string tag_action;  // "iam:TagUser"
  std::string arn;
  identity::Tags tags = {};
  std::optional<std::string> boundary = {};
};
base::Status authorize_new(Call& call, const NewThing& thing);

// A managed policy by ARN. Policies that come with the server belong to the account "aws": everybody may be
// allowed to read them, nobody to change them.
enum class Touch { reads, changes };
base::Result<identity::ManagedPolicy> authorize_policy(Call& call, const Deed& deed, const std::string& arn,
                                                       Touch touch);

// Whether the record of now is still the one that was asked about.
template <class T>
base::Status check_unchanged(const T& asked_about, const T& now);
base::Status check_unchanged(const identity::ManagedPolicy& asked_about, const identity::ManagedPolicy& now);

template <class T>
typename IamNoun<T>::Records records_of(store::Transaction& tx, const T& record) {
  return {tx, record.account};
}
inline identity::PolicyRecords records_of(store::Transaction& tx, const identity::ManagedPolicy& policy) {
  return {tx, policy.account};
}

// Runs `body` in a write transaction in which the record is still what it was.
template <class T, class Body>
base::Status change(Call& call, const T& asked_about, const Body& body) {
  return store::write(call.lake().store, [&](store::Transaction& tx) -> base::Status {
    auto records = records_of(tx, asked_about);
    if constexpr (std::is_same_v<T, identity::ManagedPolicy>) {
      WEIR_TRY(auto now, records.get(asked_about.arn()));
      WEIR_CHECK_OK(check_unchanged(asked_about, now));
    } else {
      WEIR_TRY(auto now, records.get(asked_about.name));
      WEIR_CHECK_OK(check_unchanged(asked_about, now));
    }
    return body(tx);
  });
}

}  // namespace weir::app
