// The IAM operations that export and import need, with JSON both ways: IAM itself speaks forms and XML.
#pragma once
#include <string_view>

#include "base/json.h"
#include "cli/aws_client.h"

namespace weir::cli {

// Kind::unsupported for any other operation. Policy documents in answers come percent-decoded.
base::Result<base::Json> call_iam(const AwsClient& client, std::string_view operation, const base::Json& request);

}  // namespace weir::cli
