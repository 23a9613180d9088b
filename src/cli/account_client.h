// A client of the services under the caller's own credentials, as a command's flags name them.
#pragma once
#include <string>

#include "cli/aws_client.h"
#include "cli/profile.h"

namespace weir::cli {

base::Result<AwsClient> client_of(const ProfileFlags& flags);
// The account of the credentials, as STS tells it.
base::Result<std::string> account_of(const AwsClient& client);

}  // namespace weir::cli
