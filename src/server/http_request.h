// The parameters of an http:invoke task, read once.
//
// Threads: pure functions.
#pragma once
#include <string>

#include "app/events/connection_credentials.h"

namespace weir::server {

struct HttpTask {
  std::string endpoint;  // as the definition says it: what policies are asked about
  std::string connection_arn;
  app::EndpointCall call;
};

// Kind::invalid, with what is wrong in `says`: a member that is missing, unknown or of another type, a method or a
// header that Step Functions does not send.
base::Result<HttpTask> read_http_task(const base::Json& parameters);

// The name that HTTP gives a status; empty for one that has none.
std::string_view status_text(int status);

}  // namespace weir::server
