// An event as it was put on a bus, and the envelope that rules and targets see.
//
// Threads: values and pure functions.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"

namespace weir::events {

inline constexpr size_t kPutBytesMax = 256 * 1024;  // of all entries of one PutEvents together
inline constexpr size_t kEntriesMax = 10;
// Only the program itself speaks as one of these: who listens to an event of weir.access may believe it.
inline constexpr std::string_view kOwnSource = "weir.access";

struct Event {
  std::string id;
  std::string account;
  std::string region;
  std::string source;
  std::string detail_type;
  std::vector<std::string> resources;
  base::Json detail;
  base::Instant time{};
};

// {"version":"0","id",...,"detail"}: what patterns are matched against and targets get.
base::Json envelope_of(const Event& event);

// "aws.*" is AWS's and "weir.*" ours: callers do not speak in these names.
bool is_reserved_source(std::string_view source);

}  // namespace weir::events
