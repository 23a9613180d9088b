#include "services/s3/unoffered.h"

namespace weir::services {

base::Status check_acl(const std::optional<std::string>& acl) {
  if (!acl || *acl == "private" || *acl == "bucket-owner-full-control") return {};
  return base::invalid("The bucket does not allow ACLs", "acl");
}

base::Status check_storage_class(const std::optional<std::string>& storage_class) {
  if (!storage_class || *storage_class == "STANDARD") return {};
  return base::invalid("The storage class you specified is not valid", "storage-class");
}

base::Status check_version(const std::optional<std::string>& version) {
  if (!version || *version == "null") return {};
  return base::invalid("Invalid version id specified", "version-id");
}

}  // namespace weir::services
