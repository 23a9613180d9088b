// GetObject, HeadObject and PutObject for who calls from inside the server: what streams over the wire is one member,
// Body, which fits into a payload of an execution or is refused.
//
// The request and its answer go through the wire's own tables, so that nothing is read in two ways.
#pragma once
#include "services/service.h"

namespace weir::services {

base::Result<base::Json> get_object_named(app::Call& call, const base::Json& input, const std::string& key);
base::Result<base::Json> head_object_named(app::Call& call, const base::Json& input, const std::string& key);
base::Result<base::Json> put_object_named(app::Call& call, const base::Json& input, const std::string& key);

}  // namespace weir::services
