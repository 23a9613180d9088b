// Uploads in parts: who may begin, feed, complete, abort and list them.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/objects/objects.h"

namespace weir::app {

base::Result<objects::Upload> create_upload(Call& call, const ObjectName& name, objects::UploadRequest request);

// A part on its way, and the upload it belongs to.
struct PartInProgress {
  objects::Upload upload;
  std::unique_ptr<objects::PartWriter> writer;
};
base::Result<PartInProgress> begin_part(Call& call, const ObjectName& name, const std::string& upload, int number);

base::Result<objects::ObjectInfo> complete_upload(Call& call, const ObjectName& name, const std::string& upload,
                                                  const objects::CompleteRequest& request);
base::Status abort_upload(Call& call, const ObjectName& name, const std::string& upload);

struct PartList {
  std::string owner;
  objects::PartPage page;
};
base::Result<PartList> list_parts(Call& call, const ObjectName& name, const std::string& upload, int after, size_t max);

struct UploadList {
  std::string owner;
  objects::UploadPage page;
};
base::Result<UploadList> list_uploads(Call& call, const std::string& bucket,
                                      const std::optional<std::string>& expected_owner,
                                      const objects::UploadQuery& query);

}  // namespace weir::app
