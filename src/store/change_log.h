// The text of one commit in the change log, by which other processes hear of it (docs/store.md).
//
// Values are kept only while they are small together; beyond that the log says "written" and the
// reader looks the value up, so that bulk loads do not double the file.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "store/store.h"

namespace weir::store {

// A transaction's write set, the last word on each key.
using WriteSet = std::map<std::string, std::optional<std::string>, std::less<>>;

std::string encode_changes(const WriteSet& changes);
base::Result<std::vector<Change>> decode_changes(
    std::string_view text, const std::function<base::Result<std::optional<std::string>>(const std::string&)>& look);
std::vector<Change> to_changes(const WriteSet& set);

}  // namespace weir::store
