// What a policy document must be before identity keeps it: within the grammar of its kind, and within
// the size that goes with where it hangs.
#pragma once
#include <string_view>

#include "base/result.h"

namespace weir::identity {

inline constexpr size_t kManagedPolicyMax = 6144;

base::Status check_permission_document(std::string_view document);
// `size` counts characters without white space; limit_exceeded about `noun`.
base::Status check_policy_size(size_t size, size_t most, std::string_view noun);
base::Status check_managed_document(std::string_view document);

}  // namespace weir::identity
