// Groups, and who is in them.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/group_records.h"

namespace weir::app {

struct GroupWithUsers {
  identity::Group group;
  identity::Page<identity::User> users;
};

base::Result<identity::Group> create_group(Call& call, const std::string& name, const std::string& path);
base::Result<GroupWithUsers> get_group(Call& call, const std::string& name, const identity::PageRequest& page);
base::Status delete_group(Call& call, const std::string& name);
base::Result<identity::Page<identity::Group>> list_groups(Call& call, const identity::PageRequest& page);

// As on AWS, the permission asked for is on the group, not on the user.
base::Status add_user_to_group(Call& call, const std::string& group, const std::string& user);
base::Status remove_user_from_group(Call& call, const std::string& group, const std::string& user);
base::Result<identity::Page<identity::Group>> list_groups_for_user(Call& call, const std::string& user,
                                                                   const identity::PageRequest& page);

}  // namespace weir::app
