#include "backends/filesystem/body_draft.h"

#include "objects/object.h"

namespace weir::backends {
namespace {
constexpr size_t kWriteAtOnce = 256 << 10;
}

BodyDraft::~BodyDraft() {
  if (file_ && !kept_) files_.remove(file_->id);
}

base::Status BodyDraft::write(std::string_view piece) {
  if (sealed_) return base::internal("a write to a finished body");
  if (size_ + static_cast<int64_t>(piece.size()) > objects::kPutBytesMax)
    return base::fail(base::Kind::limit_exceeded, "Your proposed upload exceeds the maximum allowed size", "size");
  hasher_.update(piece);
  size_ += static_cast<int64_t>(piece.size());
  buffer_ += piece;
  bool small = !file_ && buffer_.size() <= inline_max_;
  return small || buffer_.size() < kWriteAtOnce ? base::Status() : spill();
}

base::Status BodyDraft::spill() {
  if (!file_) {
    WEIR_TRY(auto fresh, files_.create());
    file_ = std::move(fresh);
  }
  WEIR_CHECK_OK(write_all(file_->file, buffer_));
  buffer_.clear();
  return {};
}

base::Status BodyDraft::seal() {
  if (std::exchange(sealed_, true)) return base::internal("a body can be finished only once");
  md5_ = hasher_.finish();
  if (!file_ && buffer_.size() <= inline_max_) {
    body_.bytes = std::move(buffer_);
    return {};
  }
  WEIR_CHECK_OK(spill());
  WEIR_CHECK_OK(files_.seal(*file_));
  body_.extents = {{file_->id, size_}};
  file_->file = Descriptor();
  return {};
}

}  // namespace weir::backends
