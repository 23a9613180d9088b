// A body while it is being written: in memory while small, then in a file of its own.
//
// Dropping a draft removes its file; settle() hands the file over to the index.
#pragma once
#include <optional>

#include "backends/filesystem/body_files.h"
#include "backends/filesystem/records.h"
#include "base/hash.h"

namespace weir::backends {

class BodyDraft {
 public:
  // Bodies of up to `inline_max` bytes stay in memory.
  BodyDraft(BodyFiles& files, size_t inline_max) : files_(files), inline_max_(inline_max) {}
  BodyDraft(const BodyDraft&) = delete;
  BodyDraft& operator=(const BodyDraft&) = delete;
  ~BodyDraft();

  base::Status write(std::string_view piece);
  // Makes what is in a file durable. Once.
  base::Status seal();
  // After seal().
  const Body& body() const { return body_; }
  int64_t size() const { return size_; }
  const std::string& md5() const { return md5_; }  // raw
  // How the commit that names the file went. Kept also when the store failed in a way that leaves doubt:
  // a file too many is garbage for the next start, a file too few is a broken object.
  void settle(const base::Status& committed) {
    kept_ = committed.ok() || committed.error().kind == base::Kind::internal;
  }

 private:
  base::Status spill();

  BodyFiles& files_;
  const size_t inline_max_;
  std::string buffer_;
  std::optional<NewFile> file_;
  base::Hasher hasher_{base::Digest::md5};
  Body body_;
  std::string md5_;
  int64_t size_ = 0;
  bool sealed_ = false;
  bool kept_ = false;
};

}  // namespace weir::backends
