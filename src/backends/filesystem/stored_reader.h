// A reader of one version of one object, from start to end.
#pragma once
#include "backends/filesystem/shelf.h"
#include "objects/backend.h"

namespace weir::backends {

class StoredReader final : public objects::ObjectReader {
 public:
  // Kind::concurrent when the files went before they could be held: look at the index again.
  static base::Result<std::unique_ptr<objects::ObjectReader>> start(Shelf& shelf, StoredObjectPtr object);
  ~StoredReader() override;

  const objects::ObjectInfo& info() const override { return object_->info; }
  std::optional<std::string_view> inline_bytes() const override;
  base::Result<objects::FilePiece> piece(uint64_t offset, uint64_t length) override;
  base::Result<size_t> read(uint64_t offset, char* into, size_t n) override;
  std::optional<objects::ByteRange> part(int number) const override;

 private:
  StoredReader(Shelf& shelf, StoredObjectPtr object) : shelf_(shelf), object_(std::move(object)) {}
  base::Status hold();
  base::Status open_extent(size_t index);
  const std::vector<Extent>& extents() const { return object_->body.extents; }
  uint64_t end_of(size_t index) const {
    return ends_.empty() ? static_cast<uint64_t>(extents()[index].size) : ends_[index];
  }

  Shelf& shelf_;
  StoredObjectPtr object_;
  std::vector<uint64_t> ends_;  // of each extent in the object, when there are several
  Descriptor file_;             // of extent current_
  size_t current_ = 0;
  bool pinned_ = false;
};

}  // namespace weir::backends
