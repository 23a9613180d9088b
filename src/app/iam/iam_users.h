// Users: made, shown, renamed, listed, removed.
//
// Removing a user takes nothing away in Lake Formation: grants stay under its ARN, as on AWS. Sessions and
// trust policies that meant the user do not come back with another user of the same name, for they hold its
// unique id.
#pragma once
#include <optional>
#include <string>

#include "app/call.h"
#include "identity/user_records.h"

namespace weir::app {

// The user a call without a name is about: the caller. Nothing for root; refused to sessions of roles.
base::Result<std::optional<std::string>> name_or_own(const Call& call, const std::optional<std::string>& name);

// A user, or root asking about itself: then the name is empty.
struct ShownUser {
  identity::User user;
  std::string arn;
};

base::Result<identity::User> create_user(Call& call, const identity::NewUser& wanted);
base::Result<ShownUser> get_user(Call& call, const std::optional<std::string>& name);
// Whoever renames or moves a user must be allowed to do so to the old ARN and to the new one.
base::Status update_user(Call& call, const std::string& name, const identity::UserChange& change);
base::Status delete_user(Call& call, const std::string& name);
base::Result<identity::Page<identity::User>> list_users(Call& call, const identity::PageRequest& page);

}  // namespace weir::app
