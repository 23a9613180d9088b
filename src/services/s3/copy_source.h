// x-amz-copy-source: "bucket/key" or "/bucket/key", percent-encoded, perhaps with "?versionId=null".
#pragma once
#include <string_view>

#include "app/objects/objects.h"

namespace weir::services {

base::Result<app::ObjectName> read_copy_source(std::string_view header,
                                               const std::optional<std::string>& expected_owner);

}  // namespace weir::services
