// Bucket policies: saving, reading and removing them.
//
// The root of the account that owns the bucket may always do so, whatever the policy says: the way out of
// a policy that locks everyone out.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "app/call.h"

namespace weir::app {

base::Status put_bucket_policy(Call& call, std::string_view bucket, const std::string& text,
                               const std::optional<std::string>& expected_owner);
base::Result<std::string> get_bucket_policy(Call& call, std::string_view bucket,
                                            const std::optional<std::string>& expected_owner);
base::Status delete_bucket_policy(Call& call, std::string_view bucket,
                                  const std::optional<std::string>& expected_owner);

}  // namespace weir::app
