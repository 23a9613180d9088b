// How authentication fails on the wire: one table, a row per fault and a column per protocol.
#pragma once
#include <string>
#include <string_view>

#include "wire/operation.h"
#include "wire/sigv4/auth_fault.h"

namespace weir::wire {

struct AuthAnswer {
  std::string_view code;
  int status = 403;
  std::string message;
};

// `detail` (AuthError::says) replaces the row's message where the row says so.
AuthAnswer auth_answer(Protocol protocol, AuthFault fault, std::string_view detail = {});

}  // namespace weir::wire
