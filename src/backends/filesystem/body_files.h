// The directory of bodies: DATA/<2 hex>/<id>, one immutable file per put or part.
//
// A file gets its random, final name at once: nothing looks for it before the index names it, so a
// temporary name and a rename would hide nothing more. What a crash leaves behind is a file without an
// index entry; ids say which run of the process made them, so that collecting never meets a file that
// is still being written (garbage.h).
//
// Invariants:
//  1. A name comes from us and is hexadecimal; bucket names and keys never become paths.
//  2. After seal() the bytes and the name survive a power failure.
//  3. A file never changes after seal(); a copy is a second name for the same bytes.
//
// Threads: any.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "backends/filesystem/descriptor.h"
#include "base/clock.h"

namespace weir::backends {

struct NewFile {
  std::string id;
  Descriptor file;
};

class BodyFiles {
 public:
  static constexpr int kShards = 256;

  // Makes the directory and its shards when they are not there.
  static base::Result<std::unique_ptr<BodyFiles>> open(const std::string& directory, base::Randomness& randomness);

  base::Result<NewFile> create();
  base::Status seal(const NewFile& fresh);
  base::Result<Descriptor> open_body(const std::string& id) const;
  // A new id for the bytes of `id`, durable: a hard link, or a copy where the file system has no more links.
  base::Result<std::string> duplicate(const std::string& id);
  // A file that is gone already is no error; one that stays is garbage for the next start.
  void remove(const std::string& id) const;

  base::Result<std::vector<std::string>> names(int shard) const;
  bool made_by_this_run(const std::string& id) const;

 private:
  BodyFiles(Descriptor directory, base::Randomness& randomness);
  std::string fresh_id();
  base::Status sync_shard(const std::string& id) const;
  base::Result<std::string> copy_bytes(const std::string& id);

  Descriptor directory_;
  base::Randomness& randomness_;
  const std::string run_;
};

}  // namespace weir::backends
