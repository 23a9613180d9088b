#include "backends/filesystem/stored_reader.h"

#include <algorithm>
#include <cstring>

namespace weir::backends {

using base::Result;
using base::Status;
using objects::ByteRange;
using objects::FilePiece;

Result<std::unique_ptr<objects::ObjectReader>> StoredReader::start(Shelf& shelf, StoredObjectPtr object) {
  std::unique_ptr<StoredReader> reader(new StoredReader(shelf, std::move(object)));
  if (!reader->extents().empty()) WEIR_CHECK_OK(reader->hold());
  return std::unique_ptr<objects::ObjectReader>(std::move(reader));
}

// The pin first: once it is taken and the first file opens, none of the files has gone.
Status StoredReader::hold() {
  if (extents().size() > 1) {
    if (!shelf_.pins.take(info().version))
      return base::fail(base::Kind::concurrent, "The object was replaced.", "object");
    pinned_ = true;
    uint64_t end = 0;
    for (auto& extent : extents()) ends_.push_back(end += static_cast<uint64_t>(extent.size));
  }
  return open_extent(0);
}

StoredReader::~StoredReader() {
  if (pinned_) shelf_.pins.release(info().version);
}

Status StoredReader::open_extent(size_t index) {
  if (file_.open() && current_ == index) return {};
  WEIR_TRY(file_, shelf_.files->open_body(extents()[index].file));
  current_ = index;
  return {};
}

std::optional<std::string_view> StoredReader::inline_bytes() const {
  if (!extents().empty()) return std::nullopt;
  return object_->body.bytes;
}

Result<FilePiece> StoredReader::piece(uint64_t offset, uint64_t length) {
  if (extents().empty() || offset >= static_cast<uint64_t>(info().size))
    return base::internal("a file piece outside of the object's files");
  size_t index = 0;
  if (!ends_.empty()) index = static_cast<size_t>(std::ranges::upper_bound(ends_, offset) - ends_.begin());
  WEIR_CHECK_OK(open_extent(index));
  auto start = end_of(index) - static_cast<uint64_t>(extents()[index].size);
  return FilePiece{file_.get(), offset - start, std::min(length, end_of(index) - offset)};
}

Result<size_t> StoredReader::read(uint64_t offset, char* into, size_t n) {
  auto size = static_cast<uint64_t>(info().size);
  if (offset >= size || n == 0) return size_t{0};
  if (auto bytes = inline_bytes()) {
    n = std::min(n, bytes->size() - offset);
    std::memcpy(into, bytes->data() + offset, n);
    return n;
  }
  WEIR_TRY(auto piece, this->piece(offset, n));
  WEIR_TRY(auto got, read_at(file_, piece.offset, into, piece.length));
  if (got == 0) return base::internal("body file " + extents()[current_].file + " is shorter than the index says");
  return got;
}

std::optional<ByteRange> StoredReader::part(int number) const {
  auto size = static_cast<uint64_t>(info().size);
  if (info().parts == 0) return number == 1 ? std::optional(ByteRange{0, size}) : std::nullopt;
  if (number < 1 || number > info().parts) return std::nullopt;
  if (static_cast<size_t>(number) > extents().size()) return ByteRange{size, 0};  // an empty last part
  auto index = static_cast<size_t>(number) - 1;
  auto length = static_cast<uint64_t>(extents()[index].size);
  return ByteRange{end_of(index) - length, length};
}

}  // namespace weir::backends
