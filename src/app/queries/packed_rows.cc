#include "app/queries/packed_rows.h"

#include <cstring>

namespace weir::app {
namespace {

constexpr size_t kHead = sizeof(uint64_t);

uint64_t packed_size(const Row& row) {
  uint64_t size = 0;
  for (const auto& cell : row) size += kHead + (cell ? cell->size() : 0);
  return size;
}

void pack(const std::optional<std::string>& cell, std::string& into) {
  uint64_t head = cell ? cell->size() + 1 : 0;
  into.append(reinterpret_cast<const char*>(&head), kHead);
  if (cell) into += *cell;
}

std::optional<std::string> unpack(const std::string& from, uint64_t& at) {
  uint64_t head = 0;
  std::memcpy(&head, from.data() + at, kHead);
  at += kHead;
  if (head == 0) return std::nullopt;
  auto text = from.substr(at, head - 1);
  at += head - 1;
  return text;
}

}  // namespace

bool PackedRows::append(const Row& row, uint64_t bytes_max) {
  if (bytes() + packed_size(row) + sizeof(uint64_t) > bytes_max) return false;
  starts_.push_back(cells_.size());
  for (const auto& cell : row) pack(cell, cells_);
  return true;
}

uint64_t PackedRows::bytes_of(size_t row) const {
  auto end = row + 1 < starts_.size() ? starts_[row + 1] : cells_.size();
  return end - starts_[row];
}

Row PackedRows::at(size_t row) const {
  Row out;
  uint64_t at = starts_[row];
  for (auto end = at + bytes_of(row); at < end;) out.push_back(unpack(cells_, at));
  return out;
}

}  // namespace weir::app
