// Lists keys with a delimiter by skipping: a common prefix costs one look, however many keys are below.
#pragma once
#include "backends/filesystem/records.h"

namespace weir::backends {

struct Walk {
  std::string base;  // store key of all before the listed name: kind and bucket
  std::string prefix;
  std::string delimiter;
  std::string first;  // store key to begin at
  size_t max = 0;
  size_t key_parts = 3;  // of each store key; the third is the listed name
};

struct Walked {
  struct Row {
    std::vector<std::string> names;  // the parts of the store key; names[2] is the listed one
    std::string value;
  };
  std::vector<Row> rows;
  std::vector<std::string> prefixes;
  bool truncated = false;
  std::string last;  // listed name of the last row or the last prefix
};

// The common prefix of `name`: up to and with the first delimiter after `prefix`; empty when there is none.
std::string_view common_prefix(std::string_view name, std::string_view prefix, std::string_view delimiter);
// The store key at which a walk goes on after `after` was answered, which may be a common prefix.
std::string first_after(const Walk& walk, std::string_view after);

base::Result<Walked> walk_prefixes(store::Transaction& txn, const Walk& walk);

}  // namespace weir::backends
