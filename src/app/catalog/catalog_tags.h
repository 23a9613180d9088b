// AWS tags of databases: names and values for people and for IAM conditions. Not LF-Tags.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/call.h"

namespace weir::app {

using TagMap = std::map<std::string, std::string>;

// `arn` names a database of this lake; the caller must be able to see it.
base::Status tag_resource(Call& call, const std::string& arn, const TagMap& tags);
base::Status untag_resource(Call& call, const std::string& arn, const std::vector<std::string>& keys);
base::Result<TagMap> get_tags(Call& call, const std::string& arn);

// --- for what makes and drops the things tagged
base::Status check_tags(const TagMap& tags);
policy::Context tag_conditions(const TagMap& tags);
base::Status put_tags(store::Transaction& tx, const std::string& arn, const TagMap& tags);
base::Status erase_tags(store::Transaction& tx, const std::string& arn);

}  // namespace weir::app
