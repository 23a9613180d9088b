// Tags of users and roles. T: identity::User or Role.
#pragma once
#include <string>
#include <vector>

#include "app/call.h"
#include "identity/policy_holder_records.h"

namespace weir::app {

template <class T>
base::Status add_tags(Call& call, const std::string& holder, const identity::Tags& tags);
template <class T>
base::Status remove_tags(Call& call, const std::string& holder, const std::vector<std::string>& keys);
template <class T>
base::Result<identity::Page<identity::Tag>> list_tags(Call& call, const std::string& holder,
                                                      const identity::PageRequest& page);

}  // namespace weir::app
