// A string that does not print: no operator<<, no formatter, wiped when it goes.
#pragma once
#include <string>
#include <string_view>

namespace weir::base {

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  Secret(const Secret&) = default;
  Secret(Secret&&) = default;
  Secret& operator=(const Secret&) = default;
  Secret& operator=(Secret&&) = default;
  ~Secret() { wipe(value_); }

  // The one way to the bytes; grep for it to audit where secrets go.
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  static void wipe(std::string& value);
  std::string value_;
};

// Equality in time that depends only on the lengths.
bool same_bytes(std::string_view a, std::string_view b);

}  // namespace weir::base
