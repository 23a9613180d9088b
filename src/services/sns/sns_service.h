// SNS: topics, subscriptions by mail and HTTP(S), publishing. docs/wire/sns.md says where it differs from AWS.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& sns_service();

}  // namespace weir::services
