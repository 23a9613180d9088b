// Time and randomness as seams: the process makes one of each, tests make their own.
// Pure floors (policy, permissions, identity) never hold a Clock: instants come in as arguments.
#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "base/result.h"

namespace weir::base {

// UTC, microseconds since the epoch.
using Instant = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;
using Seconds = std::chrono::seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start) {}
  Instant now() const override { return now_; }
  void advance(std::chrono::microseconds by) { now_ += by; }
  void set(Instant to) { now_ = to; }

 private:
  Instant now_;
};

class Randomness {
 public:
  virtual ~Randomness() = default;
  virtual std::string bytes(size_t n) = 0;
  // Characters drawn uniformly from `alphabet` (at most 256 characters).
  std::string text(size_t n, std::string_view alphabet);
};

// OpenSSL's CSPRNG; thread-safe.
class SystemRandomness final : public Randomness {
 public:
  std::string bytes(size_t n) override;
};

// Deterministic, for tests.
class SeededRandomness final : public Randomness {
 public:
  explicit SeededRandomness(uint64_t seed) : state_(seed) {}
  std::string bytes(size_t n) override;

 private:
  uint64_t state_;
};

// Version 4 UUID text.
std::string uuid(Randomness& randomness);
// A UUID from a fast generator seeded once per thread: unique, not secret. For request and event ids.
std::string quick_uuid();

Instant from_epoch_seconds(double seconds);
double to_epoch_seconds(Instant at);  // with the fraction
int64_t to_epoch_whole_seconds(Instant at);

std::string to_iso8601(Instant at);         // 2026-11-22T01:02:03Z
std::string to_iso8601_millis(Instant at);  // 2026-11-22T01:02:03.123Z
std::string to_amz_date(Instant at);        // 20261122T010203Z
std::string to_http_date(Instant at);       // Sun, 22 Nov 2026 01:02:03 GMT
// Accepts the W3C forms: date, date-time with seconds, optional fraction, Z or +hh:mm.
Result<Instant> parse_iso8601(std::string_view text);
Result<Instant> parse_amz_date(std::string_view text);
Result<Instant> parse_http_date(std::string_view text);

}  // namespace weir::base
