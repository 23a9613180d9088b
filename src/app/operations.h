// What use cases may call of the program around them: its operations by name, with the same decoding, validation and
// authorisation as a request over the wire, without the wire; and its SQL engine.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"

namespace weir::app {

class QueryDesk;

// How an operation answered.
struct Performed {
  bool accepted = false;
  std::string answer;   // JSON, when accepted
  std::string code;     // the service's own error code, when not
  std::string message;  // may reach the caller
  std::vector<std::string> notices;
};

class Operations {
 public:
  virtual ~Operations() = default;
  // `input` is the request's JSON. An error is for names that are none; what the operation itself refuses is in
  // the answer.
  virtual base::Result<Performed> perform(Call& call, std::string_view service, std::string_view operation,
                                          std::string_view input) const = 0;
  // Runs queries; null where nobody does.
  virtual QueryDesk* queries() const { return nullptr; }
};

}  // namespace weir::app
