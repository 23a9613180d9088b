// How much one query, one person and the whole server may take (server/config.h says how they are set).
#pragma once
#include <cstddef>
#include <cstdint>

namespace weir::sql {

struct Limits {
  // Of one query; the first two are what it gets when it asks for nothing.
  // Credentials that are vended for a query last an hour: it has to end before.
  int64_t timeout_s = 120, timeout_s_max = 900;
  int64_t rows = 10'000, rows_max = 100'000;
  uint64_t answer_bytes_max = 16ULL << 20;
  uint64_t memory_bytes_max = 512ULL << 20;
  unsigned threads = 2;
  // Of one person.
  size_t running_of_person = 2, queued_of_person = 8;
  size_t kept_of_person = 50;
  uint64_t kept_bytes_of_person = 64ULL << 20;
  // Of everybody.
  size_t running = 4, queued = 64;
  size_t kept = 5000;
  uint64_t kept_bytes = 256ULL << 20;
  int64_t kept_for_s = 900;
};

}  // namespace weir::sql
