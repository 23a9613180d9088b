// Rows of an answer in one piece of memory, so that what is kept of it can be counted.
//
// Threads: append() by one; once filled, any may read.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace weir::app {

// NULL is nothing.
using Row = std::vector<std::optional<std::string>>;

class PackedRows {
 public:
  // False, and nothing is added, when the rows would take more than `bytes_max`.
  bool append(const Row& row, uint64_t bytes_max);
  size_t size() const { return starts_.size(); }
  uint64_t bytes() const { return cells_.size() + starts_.size() * sizeof(uint64_t); }
  Row at(size_t row) const;
  uint64_t bytes_of(size_t row) const;

 private:
  std::string cells_;             // of each: 0 for NULL, or its length plus one, in eight bytes; then its text
  std::vector<uint64_t> starts_;  // of the rows in cells_
};

}  // namespace weir::app
