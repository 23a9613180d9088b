// IAM on the wire: users, groups, roles, policies and access keys.
#pragma once
#include "services/service.h"

namespace weir::services {

const Service& iam_service();

}  // namespace weir::services
