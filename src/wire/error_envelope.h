// Errors as each protocol's clients read them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "wire/codec.h"

namespace weir::wire {

struct ErrorAnswer {
  std::string code;
  std::string message;
  int status = 0;  // 0: what the model says of the code, else 400
  std::string request_id;
  std::string resource{};            // S3: the path asked for
  std::vector<HeaderField> extra{};  // further elements or members, in order
  bool sender_fault = true;
  bool head = false;  // an answer to HEAD has no body
};

// `service` may be null when none was recognised.
WireResponse encode_error(Protocol protocol, const ServiceModel* service, const ErrorAnswer& answer);

// What the model says of that code; 500 for faults of ours, 400 for everything it does not say.
int error_status(const ServiceModel* service, std::string_view code);

}  // namespace weir::wire
