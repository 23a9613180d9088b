// GetObject and HeadObject: what is said of an object, and which of its bytes follow.
#pragma once
#include "services/service.h"

namespace weir::services {

base::Result<Answer> get_object(app::Call& call, const wire::WireRequest& request);
base::Result<Answer> head_object(app::Call& call, const wire::WireRequest& request);

}  // namespace weir::services
