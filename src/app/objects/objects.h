// Objects: who may read, write, remove and list them.
//
// Whether a key exists is told only to those who may list the bucket; others hear that access is denied.
// Threads: free functions; a Call belongs to one thread.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/call.h"
#include "app/objects/buckets.h"
#include "objects/backend.h"

namespace weir::app {

// An object by its name, and who must own its bucket (x-amz-expected-bucket-owner).
struct ObjectName {
  std::string bucket;
  std::string key;
  std::optional<std::string> expected_owner = {};
};

base::Result<std::unique_ptr<objects::ObjectReader>> open_object(Call& call, const ObjectName& name);
base::Result<std::unique_ptr<objects::ObjectWriter>> begin_object(Call& call, const ObjectName& name);
base::Status erase_object(Call& call, const ObjectName& name, const objects::Conditions& conditions);

// One answer per key, in order; the keys that may go, go together.
base::Result<std::vector<base::Status>> erase_objects(Call& call, const std::string& bucket,
                                                      const std::optional<std::string>& expected_owner,
                                                      std::span<const std::string> keys);
base::Result<objects::ObjectInfo> copy_object(Call& call, const ObjectName& from, const ObjectName& to,
                                              objects::CopyRequest request);

struct ObjectList {
  std::string owner;  // the account that owns the bucket
  objects::ListPage page;
};
base::Result<ObjectList> list_objects(Call& call, const std::string& bucket,
                                      const std::optional<std::string>& expected_owner,
                                      const objects::ListQuery& query);

}  // namespace weir::app
