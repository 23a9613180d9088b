// The steps on the index that make up a write, each inside the caller's transaction, and the reads.
//
// What is no longer named is collected in Doomed and removed after the commit; a step may run several
// times when commits race, so the caller clears it first.
#pragma once
#include <optional>
#include <vector>

#include "backends/filesystem/records.h"
#include "objects/conditions.h"

namespace weir::backends {

struct DoomedBody {
  std::string version;  // empty for parts, which nobody reads
  std::vector<std::string> files;
};
using Doomed = std::vector<DoomedBody>;

base::Result<objects::Bucket> require_bucket(store::Transaction& txn, std::string_view bucket);
base::Result<std::optional<objects::ObjectInfo>> find_object(store::Transaction& txn, std::string_view bucket,
                                                             std::string_view key);
// With its body.
base::Result<std::optional<StoredObject>> load_object(store::Transaction& txn, std::string_view bucket,
                                                      std::string_view key);

// A write's conditions against what is there. If-Match on nothing is not_found about "key", as S3 has it.
base::Status check_write(const objects::Conditions& conditions, const std::optional<objects::ObjectInfo>& there);

// Puts the object in place of what is there. Files of its extents become referenced.
base::Status put_object(store::Transaction& txn, std::string_view bucket, const StoredObject& object,
                        const std::optional<objects::ObjectInfo>& replaced, Doomed& doomed);
base::Status remove_object(store::Transaction& txn, std::string_view bucket, const objects::ObjectInfo& object,
                           Doomed& doomed);

// --- uploads
base::Result<objects::Upload> require_upload(store::Transaction& txn, const objects::UploadName& name);
// Parts with a number above `after`, in order.
base::Result<std::vector<objects::Part>> load_parts(store::Transaction& txn, std::string_view upload_id, int after,
                                                    size_t max);
base::Status remove_part(store::Transaction& txn, std::string_view upload_id, const objects::Part& part,
                         Doomed& doomed);
// The upload with all its parts.
base::Status remove_upload(store::Transaction& txn, const objects::UploadName& name, Doomed& doomed);

}  // namespace weir::backends
